package io.mnemosyne.bench.redact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A text that holds a secret, or only looks like one that does.
 *
 * @param source where it is from
 * @param group rule family or detector
 * @param secret what must not survive, if that is known; otherwise something must be found
 */
record SecretSample(String source, String group, String text, Optional<String> secret, boolean positive) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A sample that says so itself, such as a run of x in place of a token, and what is no secret to us. */
    private static final String TEMPLATE = "(?s).*(?:x{8}|X{8}).*";
    private static final String NO_SECRET_TO_US = "ip_public";

    /** Whether it is a made up sample, or no credential at all. */
    boolean isTemplate() {
        return group.equals(NO_SECRET_TO_US) || text.matches(TEMPLATE);
    }

    /** The samples of an archive, which is unpacked into a temporary directory that is deleted: they look like live ones. */
    static List<SecretSample> of(Path archive) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("bench-redact");
        try {
            Process tar = new ProcessBuilder("tar", "xzf", archive.toAbsolutePath().toString(), "-C",
                    directory.toString()).inheritIO().start();
            if (tar.waitFor() != 0) {
                throw new IOException("tar could not unpack " + archive);
            }
            List<SecretSample> samples = new ArrayList<>(gitleaks(directory.resolve("secrets/gitleaks")));
            for (JsonNode row : rows(directory.resolve("secrets/detect_secrets/plugin_cases.jsonl"))) {
                detectSecrets(row).ifPresent(samples::add);
            }
            return samples;
        } finally {
            delete(directory);
        }
    }

    private static List<SecretSample> gitleaks(Path folder) throws IOException {
        Map<String, String> families = families();
        List<SecretSample> samples = new ArrayList<>();
        for (JsonNode row : rows(folder.resolve("positives.jsonl"))) {
            if (!row.path("secret").isNull()) {
                samples.add(new SecretSample("gitleaks",
                        families.getOrDefault(row.path("rule").textValue(), "other"), row.path("text").textValue(),
                        Optional.of(row.path("secret").textValue()), true));
            }
        }
        for (JsonNode row : rows(folder.resolve("negatives.jsonl"))) {
            samples.add(new SecretSample("gitleaks", row.path("rule").textValue(), row.path("text").textValue(),
                    Optional.empty(), false));
        }
        return samples;
    }

    private static Optional<SecretSample> detectSecrets(JsonNode row) {
        JsonNode params = row.path("params");
        return Stream.of("payload", "line", "file_content").filter(params::has).findFirst()
                .map(key -> new SecretSample("detect-secrets", row.path("plugin").textValue(),
                        params.path(key).textValue(), Optional.empty(), params.path("should_flag").asBoolean(true)));
    }

    private static Map<String, String> families() throws IOException {
        Map<String, String> families = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(SecretSample.class.getResourceAsStream("families.csv"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1)
                    .forEach(line -> families.put(line.substring(0, line.indexOf(',')),
                            line.substring(line.indexOf(',') + 1)));
        }
        return families;
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}
