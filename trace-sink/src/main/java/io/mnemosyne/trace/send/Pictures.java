package io.mnemosyne.trace.send;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

/**
 * Images and the like that stand in a text as base64: in data URLs, or in parts of JSON that say the type beside them. Each is
 * replaced by a token that says how to put it back, and only if the same base64 comes out again.
 */
final class Pictures {
    private static final String MARK = ";base64,";
    private static final int LEAST = 40;
    private static final int LONGEST_TYPE = 80;
    /** What Langfuse shows and stores. */
    private static final Pattern TYPE = Pattern.compile("(?:image|audio|video)/[a-z0-9.+-]+|application/pdf");
    private static final Pattern DATA_URL_START = Pattern.compile("data:(" + TYPE.pattern() + ")$");
    private static final Set<String> TYPE_KEYS = Set.of("media_type", "mime_type", "mimeType", "mediaType");
    private static final Set<String> DATA_KEYS = Set.of("data", "content", "base64", "blob");
    private static final JsonFactory JSON = JsonFactory.builder().streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build()).build();

    private Pictures() {
    }

    record Picture(String contentType, ByteString bytes) {
    }

    private record Found(int start, int end, Picture picture, String source) {
    }

    private record Base64Value(int start, int end) {
    }

    /** @param upload has the content stored, and gives back where */
    static String takeOut(String text, Function<Picture, Upload> upload) {
        List<Found> found = new ArrayList<>();
        dataUrls(text, found);
        jsonParts(text, found);
        if (found.isEmpty()) {
            return text;
        }
        found.sort(Comparator.comparingInt(Found::start));
        StringBuilder lighter = new StringBuilder();
        int from = 0;
        for (Found one : found) {
            lighter.append(text, from, one.start()).append(upload.apply(one.picture()).token(one.source()));
            from = one.end();
        }
        return lighter.append(text, from, text.length()).toString();
    }

    private static void dataUrls(String text, List<Found> found) {
        for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, mark + MARK.length())) {
            Matcher start = DATA_URL_START.matcher(text.substring(Math.max(0, mark - LONGEST_TYPE), mark));
            int begin = mark + MARK.length();
            int end = endOfBase64(text, begin);
            if (start.find()) {
                int urlStart = mark - start.group().length();
                decode(text, begin, end).ifPresent(bytes -> found.add(
                        new Found(urlStart, end, new Picture(start.group(1), bytes), MediaToken.DATA_URL)));
            }
        }
    }

    private static void jsonParts(String text, List<Found> found) {
        boolean possible = (text.startsWith("{") || text.startsWith("["))
                && TYPE_KEYS.stream().anyMatch(key -> text.contains("\"" + key + "\""));
        if (!possible) {
            return;
        }
        List<Found> inParts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            parts(parser, text, inParts);
            found.addAll(inParts);
        } catch (IOException _) {
            // No JSON after all, so it has no parts.
        }
    }

    /** The object that is being read: the type that it names, and what may be base64 of that type. */
    private static final class Level {
        private Optional<String> type = Optional.empty();
        private final List<Base64Value> values = new ArrayList<>();
    }

    private static void parts(JsonParser parser, String text, List<Found> found) throws IOException {
        Deque<Level> levels = new ArrayDeque<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> levels.push(new Level());
                case END_OBJECT -> close(levels.pop(), text, found);
                case VALUE_STRING -> {
                    String name = parser.currentName();
                    if (name != null && !levels.isEmpty()) {
                        note(parser, name, text, levels.peek());
                    }
                }
                default -> {
                    // Of no interest.
                }
            }
        }
    }

    private static void note(JsonParser parser, String name, String text, Level level) throws IOException {
        if (TYPE_KEYS.contains(name)) {
            level.type = Optional.of(parser.getText()).filter(type -> TYPE.matcher(type).matches());
        } else if (DATA_KEYS.contains(name)) {
            int start = (int) parser.currentTokenLocation().getCharOffset() + 1;
            int end = endOfBase64(text, start);
            // With escapes in it, or with something else than base64, it is longer than what was found.
            if (end < text.length() && text.charAt(end) == '"') {
                level.values.add(new Base64Value(start, end));
            }
        }
    }

    private static void close(Level level, String text, List<Found> found) {
        level.type.ifPresent(type -> level.values.forEach(value -> decode(text, value.start(), value.end())
                .ifPresent(bytes -> found.add(new Found(value.start(), value.end(), new Picture(type, bytes),
                        MediaToken.BASE64)))));
    }

    private static int endOfBase64(String text, int start) {
        int end = start;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        int padded = end;
        while (padded < text.length() && padded < end + 2 && text.charAt(padded) == '=') {
            padded++;
        }
        return padded;
    }

    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** Empty if it is too short to pay, no base64, or goes on behind an escape. */
    private static Optional<ByteString> decode(String text, int start, int end) {
        boolean goesOn = end < text.length() && text.charAt(end) == '\\' && text.startsWith("\\/", end);
        if (end - start < LEAST || (end - start) % 4 != 0 || goesOn) {
            return Optional.empty();
        }
        String base64 = text.substring(start, end);
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64)
                    ? Optional.of(UnsafeByteOperations.unsafeWrap(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
