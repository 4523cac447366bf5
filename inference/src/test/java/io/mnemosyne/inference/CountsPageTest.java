package io.mnemosyne.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.inference.guards.Breaker;

import static org.assertj.core.api.Assertions.assertThat;

/** The README's table of numbers tells every counter, and none that there is not. */
class CountsPageTest {
    private static final Path SOURCES = Path.of("src/main/java/io/mnemosyne/inference");
    /** Counters have names of such a form; nothing else that the code writes in quotes has, but OpenAI's names of objects. */
    private static final Pattern IN_CODE = Pattern.compile("\"((?!chat\\.)[a-z]+(?:\\.[a-z-]+)+)\"");
    private static final Pattern IN_TABLE = Pattern.compile("`([a-z]+\\.[a-z.*A-Z-]+)`");
    /** They are told as one. */
    private static final List<String> FAMILIES = List.of("entry.dropped.", "try.");

    @Test
    void shouldTellEveryCounterOnce() throws IOException {
        // given
        Set<String> counters = Stream
                .concat(sources().flatMap(source -> names(IN_CODE, source)),
                        Arrays.stream(Breaker.State.values()).map(
                                state -> "circuit." + state.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .map(CountsPageTest::family).collect(Collectors.toCollection(TreeSet::new));
        // when
        String readme = Files.readString(Path.of("README.md"));
        List<String> told = readme.substring(readme.indexOf("## Numbers"), readme.indexOf("## What happens when"))
                .lines()
                .filter(line -> line.startsWith("| `")).map(line -> line.split("\\|")[1])
                .flatMap(line -> names(IN_TABLE, line)).map(CountsPageTest::family).distinct().sorted().toList();
        // then
        assertThat(counters).hasSizeGreaterThan(30).contains("circuit.half-open", "call.answered");
        assertThat(told).containsExactlyElementsOf(counters);
    }

    private static String family(String name) {
        return FAMILIES.stream().filter(name::startsWith).findFirst().orElse(name);
    }

    /** The offline extractor counts nothing, and reads texts in which such words stand. */
    private static Stream<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.toString().contains("offline"))
                    .toList().stream().map(CountsPageTest::read);
        }
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group)
                .map(name -> name.substring(1, name.length() - 1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
