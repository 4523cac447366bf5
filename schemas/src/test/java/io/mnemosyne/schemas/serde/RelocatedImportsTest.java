package io.mnemosyne.schemas.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RelocatedImportsTest {

    @Test
    void shouldBeConfinedToOneClass() throws IOException {
        // given
        List<Path> users;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            // when
            users = sources.filter(Files::isRegularFile).filter(RelocatedImportsTest::mentionsRelocated).toList();
        }
        // then
        assertThat(users).singleElement().asString().endsWith("RegistrySchemaIds.java");
    }

    private static boolean mentionsRelocated(Path source) {
        try {
            return Files.readString(source).contains("org.apache.flink");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
