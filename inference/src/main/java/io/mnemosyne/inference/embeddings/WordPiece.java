package io.mnemosyne.inference.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The tokenizer of BERT without case: words are cut at spaces and around punctuation, then into the longest pieces of the
 * vocabulary. Marks of the model itself, such as {@code [SEP]}, are plain text when they stand in a text.
 */
final class WordPiece {
    private static final int MAX_WORD = 100;
    /** Iteration marks and the like before it stay with their word. */
    private static final int FIRST_IDEOGRAPH = 0x3400;

    private final Map<String, Long> vocabulary;
    private final long start;
    private final long end;
    private final long unknown;

    WordPiece(Map<String, Long> vocabulary) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.start = id("[CLS]");
        this.end = id("[SEP]");
        this.unknown = id("[UNK]");
    }

    /** Reads a {@code tokenizer.json}. */
    static WordPiece read(InputStream json) throws IOException {
        JsonNode entries = new ObjectMapper().readTree(json).path("model").path("vocab");
        Map<String, Long> vocabulary = HashMap.newHashMap(entries.size());
        entries.properties().forEach(entry -> vocabulary.put(entry.getKey(), entry.getValue().longValue()));
        return new WordPiece(vocabulary);
    }

    /** The ids of the first tokens of a text, between the marks for its start and end; at most {@code max} in all. */
    long[] encode(String text, int max) {
        LongStream.Builder ids = LongStream.builder();
        ids.add(start);
        int room = max - 2;
        int from = 0;
        String clean = clean(text);
        while (from < clean.length() && room > 0) {
            int to = endOfWord(clean, from);
            if (clean.charAt(from) != ' ') {
                room -= pieces(clean.substring(from, to), ids, room);
            }
            from = to;
        }
        return ids.add(end).build().toArray();
    }

    /** Without control characters and accents, in lower case, every kind of space as one, ideographs apart. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                clean.append(' ');
            } else if (c >= FIRST_IDEOGRAPH && Character.isIdeographic(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else if (c != 0xFFFD && !isControl(c)) {
                clean.appendCodePoint(c);
            }
        });
        StringBuilder plain = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD).codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK).forEach(plain::appendCodePoint);
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    private static int endOfWord(String clean, int from) {
        int first = clean.codePointAt(from);
        int to = from + Character.charCount(first);
        if (first == ' ' || isPunctuation(first)) {
            return to;
        }
        while (to < clean.length()) {
            int next = clean.codePointAt(to);
            if (next == ' ' || isPunctuation(next)) {
                break;
            }
            to += Character.charCount(next);
        }
        return to;
    }

    /** Adds at most {@code room} pieces of a word and says how many; a word that cannot be pieced together is one token. */
    private int pieces(String word, LongStream.Builder ids, int room) {
        if (word.codePointCount(0, word.length()) > MAX_WORD) {
            ids.add(unknown);
            return 1;
        }
        LongStream.Builder found = LongStream.builder();
        int from = 0;
        while (from < word.length()) {
            int to = longestPiece(word, from);
            if (to == from) {
                ids.add(unknown);
                return 1;
            }
            found.add(id(piece(word, from, to)));
            from = to;
        }
        long[] all = found.build().toArray();
        int count = Math.min(all.length, room);
        LongStream.of(all).limit(count).forEach(ids::add);
        return count;
    }

    private int longestPiece(String word, int from) {
        for (int to = word.length(); to > from; to = word.offsetByCodePoints(to, -1)) {
            if (vocabulary.containsKey(piece(word, from, to))) {
                return to;
            }
        }
        return from;
    }

    private static String piece(String word, int from, int to) {
        return from == 0 ? word.substring(0, to) : "##" + word.substring(from, to);
    }

    private static boolean isSpace(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE,
                    Character.UNASSIGNED ->
                true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION ->
                true;
            default -> c < 0x80 && "$+<=>^`|~".indexOf(c) >= 0;
        };
    }

    private long id(String token) {
        Long id = vocabulary.get(token);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary of " + vocabulary.size() + " entries lacks " + token);
        }
        return id;
    }
}
