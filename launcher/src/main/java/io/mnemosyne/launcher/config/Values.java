package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.service.Memory;

/**
 * Values by key, read as what they must be. A value that is not is a problem, and the standard value takes its place
 * so that the reading goes on and finds the other problems too.
 */
final class Values {
    private final Map<String, String> given;
    private final Problems problems;

    Values(Map<String, String> given, Problems problems) {
        this.given = Map.copyOf(given);
        this.problems = problems;
    }

    Optional<String> text(Key key) {
        return Optional.of(raw(key)).filter(value -> !value.isEmpty());
    }

    String required(Key key) {
        return text(key).orElseGet(() -> {
            problems.add(key.name() + " must not be empty");
            return key.standard();
        });
    }

    List<String> list(Key key) {
        return Arrays.stream(raw(key).split(",")).map(String::strip).filter(value -> !value.isEmpty()).toList();
    }

    List<URI> urls(Key key) {
        return list(key).stream().flatMap(value -> url(key, value).stream()).toList();
    }

    Optional<Path> path(Key key) {
        return text(key).map(Path::of);
    }

    /** A file that must be there. */
    Optional<Path> file(Key key) {
        Optional<Path> path = path(key);
        path.filter(file -> !Files.isReadable(file))
                .ifPresent(file -> problems.add(key.name() + " names " + file + ", which cannot be read"));
        return path;
    }

    int port(Key key) {
        return parse(key, Integer::valueOf, port -> port >= 0 && port <= 65_535);
    }

    long count(Key key) {
        return parse(key, Long::valueOf, count -> count > 0);
    }

    /** A count, or another one than the key's standard where it is not given. */
    long count(Key key, long fallback) {
        return given.containsKey(key.name()) ? count(key) : fallback;
    }

    int whole(Key key) {
        return parse(key, Integer::valueOf, number -> number > 0);
    }

    int fromZero(Key key) {
        return parse(key, Integer::valueOf, number -> number >= 0);
    }

    /** Empty if it is not given. */
    Optional<Long> optionalCount(Key key) {
        return text(key).flatMap(_ -> parsed(key, Long::valueOf, count -> count > 0));
    }

    /** An amount of money; empty if it is not given. */
    Optional<BigDecimal> amount(Key key) {
        return text(key).flatMap(_ -> parsed(key, BigDecimal::new, amount -> amount.signum() >= 0));
    }

    CompletionsMode mode(Key key) {
        return parse(key, value -> CompletionsMode.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_')),
                _ -> true);
    }

    /** Those that can be read. */
    List<ModelId> models(Key key) {
        return list(key).stream().flatMap(value -> {
            try {
                return Stream.of(ModelId.parse(value));
            } catch (IllegalArgumentException e) {
                problems.add(key.name() + ": " + e.getMessage());
                return Stream.of();
            }
        }).toList();
    }

    /** The names of all tables of a section. */
    Set<String> tables(String section) {
        String prefix = section + ".";
        return given.keySet().stream().filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length(), name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    double decimal(Key key) {
        return parse(key, Double::valueOf, number -> number >= 0 && Double.isFinite(number));
    }

    Memory.Answer answer(Key key) {
        return parse(key, value -> Memory.Answer.valueOf(value.toUpperCase(Locale.ROOT)), _ -> true);
    }

    Tracing.Content content(Key key) {
        return parse(key, value -> Tracing.Content.valueOf(value.toUpperCase(Locale.ROOT)), _ -> true);
    }

    String policyName(Key key) {
        return parse(key, Function.identity(), Policy.NAMES::contains);
    }

    ZoneId zone(Key key) {
        return parse(key, ZoneId::of, _ -> true);
    }

    boolean isOn(Key key) {
        return parse(key, value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NumberFormatException(value);
        }, _ -> true);
    }

    /** From the environment, or from the file that {@code fileKey} names. */
    Optional<Secret> secret(Key key, Key fileKey) {
        Optional<String> value = text(key);
        Optional<Path> file = file(fileKey);
        if (value.isPresent() && file.isPresent()) {
            problems.add("give either " + key.variable() + " or " + fileKey.name() + ", not both");
        }
        return value.or(() -> file.filter(Files::isReadable).map(path -> content(fileKey, path))).map(Secret::new);
    }

    /** Everything below {@link Keys#CLIENT_PREFIX}, without it. */
    Map<String, String> client() {
        return given.entrySet().stream().filter(entry -> entry.getKey().startsWith(Keys.CLIENT_PREFIX))
                .collect(Collectors.toUnmodifiableMap(entry -> entry.getKey().substring(Keys.CLIENT_PREFIX.length()),
                        Map.Entry::getValue));
    }

    private String raw(Key key) {
        return given.getOrDefault(key.name(), key.standard()).strip();
    }

    private <T> T parse(Key key, Function<String, T> parser, Predicate<T> allowed) {
        return parsed(key, parser, allowed).orElseGet(() -> parser.apply(key.standard()));
    }

    private <T> Optional<T> parsed(Key key, Function<String, T> parser, Predicate<T> allowed) {
        try {
            T value = parser.apply(raw(key));
            if (allowed.test(value)) {
                return Optional.of(value);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Told below, as a number out of range is.
        }
        problems.add("%s is '%s' and must be: %s".formatted(key.name(), raw(key), key.kind().shape()));
        return Optional.empty();
    }

    private Optional<URI> url(Key key, String value) {
        try {
            URI url = URI.create(value);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // Told below, as a URL of another scheme is.
        }
        problems.add("%s has '%s', which must look like http://host:port or https://host:port".formatted(key.name(),
                value));
        return Optional.empty();
    }

    private String content(Key key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            problems.add(key.name() + " names " + file + ", which cannot be read: " + e.getMessage());
            return "";
        }
    }
}
