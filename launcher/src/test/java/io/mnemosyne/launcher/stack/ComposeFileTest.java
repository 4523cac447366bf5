package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.pipeline.PipelineMain;

import static org.assertj.core.api.Assertions.assertThat;

/** The containers are the same stack: same services, same ports, same names. */
@SuppressWarnings("unchecked")
final class ComposeFileTest {
    private static final Path DOCKER = Path.of("..", "docker");

    private final Map<String, Object> services = services();

    @ParameterizedTest
    @EnumSource(Component.class)
    void shouldRunEveryComponentAtItsDefaultPort(Component component) {
        Map<String, Object> service = service(component);

        assertThat((String) service.get("image")).matches("[a-z0-9/-]+:[0-9][A-Za-z0-9.-]+");
        assertThat((List<String>) service.get("ports")).singleElement().asString()
                .startsWith("127.0.0.1:" + component.defaultPort() + ":");
    }

    @Test
    void shouldHaveNoOtherServices() {
        assertThat(services.keySet()).containsExactlyInAnyOrder("kafka", "registry", "opensearch", "pipeline");
    }

    @Test
    void shouldRunTheVersionsThatTheBuildPins() throws IOException {
        String pom = Files.readString(Path.of("..", "pom.xml"));

        assertThat((String) service(Component.KAFKA).get("image")).endsWith(":" + pinned(pom, "kafka.version"));
        assertThat((String) service(Component.REGISTRY).get("image")).endsWith(":" + pinned(pom, "apicurio.version"));
        assertThat((String) service(Component.OPENSEARCH).get("image"))
                .endsWith(":" + pinned(pom, "opensearch.version"));
    }

    @Test
    void shouldGiveThePipelineSettingsThatItAccepts() {
        // when unknown or malformed, reading throws
        Settings settings = Settings
                .read((Map<String, String>) service(Component.PIPELINE).getOrDefault("environment", Map.of()));

        // then
        assertThat(settings.kafka().bootstrapServers()).containsExactly("kafka:19092");
        assertThat(settings.registry().urls().getFirst()).hasPath(Addresses.REGISTRY_API);
        assertThat(settings.service().port()).isEqualTo(Component.PIPELINE.defaultPort());
    }

    @Test
    void shouldBuildAnImageThatRunsThePipelineFromTheRunLayout() throws IOException {
        String dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));

        assertThat(dockerfile).contains("COPY launcher/target/stack/app ", PipelineMain.class.getName(),
                "EXPOSE " + Component.PIPELINE.defaultPort(), "USER mnemosyne");
    }

    private Map<String, Object> service(Component component) {
        return (Map<String, Object>) services.getOrDefault(component.label(), Map.of());
    }

    private static String pinned(String pom, String property) {
        return pom.substring(pom.indexOf("<" + property + ">") + property.length() + 2,
                pom.indexOf("</" + property + ">"));
    }

    private static Map<String, Object> services() {
        try (var reader = Files.newBufferedReader(DOCKER.resolve("compose.yaml"))) {
            Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return (Map<String, Object>) file.getOrDefault("services", Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the compose file", e);
        }
    }
}
