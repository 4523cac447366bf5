package io.mnemosyne.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code scripts/mnemosyne} in a checkout of its own, with a Maven that only notes that it was called. */
class ScriptTest {
    private static final Path SCRIPTS = Path.of("..", "scripts");
    private static final String BUILDING = "Building Mnemosyne";
    private static final Instant BUILT_AT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path home;
    private Path source;

    @BeforeEach
    void checkOut() throws IOException {
        Files.createDirectories(home.resolve("scripts"));
        for (String script : new String[]{"mnemosyne", "find-jdk"}) {
            Files.copy(SCRIPTS.resolve(script), home.resolve("scripts").resolve(script));
        }
        maven("echo \"[INFO] Building Mnemosyne core\"; mkdir -p launcher/target/stack; touch launcher/target/stack/complete");
        source = file("core/src/main/java/Core.java", BUILT_AT.minusSeconds(1));
        file("pom.xml", BUILT_AT.minusSeconds(1));
    }

    @Test
    void shouldBuildWhatIsMissing() throws Exception {
        assertThat(run()).contains(BUILDING, "Building Mnemosyne core");
        assertThat(home.resolve("launcher/target/stack/complete")).exists();
    }

    @Test
    void shouldNotBuildWhatIsThere() throws Exception {
        file("launcher/target/stack/complete", BUILT_AT);
        file("core/target/src/main/java/Generated.java", BUILT_AT.plusSeconds(1));
        file("core/src/test/java/CoreTest.java", BUILT_AT.plusSeconds(1));

        assertThat(run()).doesNotContain(BUILDING);
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        file("launcher/target/stack/complete", BUILT_AT);
        Files.setLastModifiedTime(source, FileTime.from(BUILT_AT.plusSeconds(1)));

        assertThat(run()).contains(BUILDING);
    }

    @Test
    void shouldSayWhyItCannotBuild() throws Exception {
        maven("echo '[ERROR] no space left'; exit 1");

        assertThat(run()).contains("[ERROR] no space left").contains("exit code 15");
    }

    /** What the script prints; behind that there is no launcher to run. */
    private String run() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("bash", home.resolve("scripts/mnemosyne").toString(), "--help")
                .redirectErrorStream(true);
        command.environment().merge("PATH", home.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit code " + process.waitFor();
    }

    private void maven(String behaviour) throws IOException {
        Path mvn = home.resolve("bin/mvn");
        Files.createDirectories(mvn.getParent());
        Files.writeString(mvn, "#!/usr/bin/env bash\n" + behaviour + "\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
    }

    private Path file(String name, Instant modified) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
