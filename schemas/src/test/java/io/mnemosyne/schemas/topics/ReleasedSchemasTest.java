package io.mnemosyne.schemas.topics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The gate: a schema may change only as FULL_TRANSITIVE allows, and only together with a release. */
class ReleasedSchemasTest {
    private static final Path RELEASED = Path.of("src/main/released");
    private static final Path CANDIDATES = Path.of("target/released");
    private static final Path FIXTURES = Path.of("src/test/resources/incompatible");

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldBeCompatibleWithEveryReleasedVersion(Topic topic) throws IOException {
        // given
        List<Schema> versions = versions(RELEASED.resolve(topic.name()));
        Schema current = new Schema.Parser().parse(topic.schema());
        // when
        List<Schema> all = new ArrayList<>(versions);
        all.add(current);
        // then
        assertThat(FullTransitive.problems(all)).as("schema of %s", topic.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldBeReleasedAsItIs(Topic topic) throws IOException {
        // given
        List<Schema> versions = versions(RELEASED.resolve(topic.name()));
        ObjectMapper json = new ObjectMapper();
        String next = topic.name() + "/v" + (versions.size() + 1) + ".avsc";
        // when
        Path candidate = CANDIDATES.resolve(next);
        Files.createDirectories(candidate.getParent());
        Files.writeString(candidate,
                json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(topic.schema())) + "\n");
        // then
        String newest = versions.isEmpty() ? "nothing" : SchemaText.of(versions.getLast());
        assertThat(newest)
                .as("the schema of %s is not the one released last; if the change is complete, release it with: "
                        + "mkdir -p schemas/src/main/released/%s && cp schemas/target/released/%s "
                        + "schemas/src/main/released/%s; never edit a released version",
                        topic, topic, next, next)
                .isEqualTo(topic.schema());
    }

    @ParameterizedTest
    @ValueSource(strings = {"field-without-default", "changed-type", "removed-required-field", "enum-without-default"})
    void shouldRefuseAnIncompatibleChange(String fixture) throws IOException {
        // given
        List<Schema> versions = versions(FIXTURES.resolve(fixture));
        // when
        List<String> problems = FullTransitive.problems(versions);
        // then
        assertThat(versions).hasSize(2);
        assertThat(problems).isNotEmpty();
    }

    @Test
    void shouldCheckVersionsThatAreNotNeighbours() throws IOException {
        // given three versions of which each neighbours are compatible, but not the first and the last
        List<Schema> versions = versions(FIXTURES.resolve("not-transitive"));
        // when, then
        assertThat(FullTransitive.problems(versions.subList(0, 2))).isEmpty();
        assertThat(FullTransitive.problems(versions.subList(1, 3))).isEmpty();
        assertThat(FullTransitive.problems(versions)).isNotEmpty();
    }

    private static List<Schema> versions(Path folder) throws IOException {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; Files.exists(folder.resolve("v" + version + ".avsc")); version++) {
            versions.add(new Schema.Parser().parse(Files.readString(folder.resolve("v" + version + ".avsc"))));
        }
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            assertThat(files).as("versions in %s are numbered without gaps", folder).hasSize(versions.size());
        }
        return versions;
    }
}
