package io.mnemosyne.core.redact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of the examples beside this class, such as {@code npm + «npm_{alnum:36}»}. Its random parts are drawn at run
 * time, so that no scanner takes the examples for leaks.
 *
 * @param rule name of the rule that it belongs to
 * @param positive whether the rule finds what stands between {@code «} and {@code »}
 */
record Example(String rule, boolean positive, String template) {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = LOWER.toUpperCase(Locale.ROOT);
    private static final String DIGITS = "0123456789";
    private static final Map<String, String> ALPHABETS = Map.of("hex", DIGITS + "abcdef", "alnum",
            LOWER + UPPER + DIGITS, "upper", UPPER + DIGITS, "lower", LOWER + DIGITS, "digits", DIGITS, "url",
            LOWER + UPPER + DIGITS + "_-", "b64", LOWER + UPPER + DIGITS + "+/", "bech32",
            "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", "base58",
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
    private static final Pattern PART = Pattern.compile("\\{(uuid|word|set=[^:}]+|[a-z0-9]+):?([^}=\"]*)\\}");

    static List<Example> of(String table) {
        String resource = table + ".examples";
        try (InputStream in = Objects.requireNonNull(Example.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 3)).map(it -> new Example(it[0], it[1].equals("+"), it[2])).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Example> all() {
        return Stream.concat(RuleTable.FAMILIES.stream(), Stream.of("names")).flatMap(table -> of(table).stream());
    }

    /** The line with its random parts, and with {@code «} and {@code »}. */
    String drawn(long seed) {
        Random random = new Random(seed);
        return PART.matcher(template)
                .replaceAll(part -> Matcher.quoteReplacement(part(part.group(1), part.group(2), random)))
                .replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\');
    }

    String text(long seed) {
        return drawn(seed).replaceAll("[«»]", "");
    }

    private static String part(String kind, String argument, Random random) {
        return switch (kind) {
            case "word" -> argument;
            case "uuid" -> "%s-%s-4%s-a%s-%s".formatted(draw("hex", 8, random), draw("hex", 4, random),
                    draw("hex", 3, random), draw("hex", 3, random), draw("hex", 12, random));
            default -> draw(kind, Integer.parseInt(argument), random);
        };
    }

    private static String draw(String kind, int length, Random random) {
        String alphabet = kind.startsWith("set=")
                ? kind.substring("set=".length())
                : Objects.requireNonNull(ALPHABETS.get(kind), kind);
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < length; i++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }
}
