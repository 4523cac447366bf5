package io.mnemosyne.core.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.mnemosyne.core.tokens.TokenCounter;

/** Finds in a text what answers a question best: whole lines, verbatim, within a room. */
public final class Passages {
    /** Stands on a line of its own where something was left out. */
    public static final String OMISSION = "[...]";
    private static final int LONGEST_LINE = 400;
    /** No more of a text is looked at, characters. */
    private static final int LOOKED_AT = 512 * 1024;
    private static final double NAME = 4;
    /** What a line gets of what the line before and the one behind it are worth. */
    private static final double NEIGHBOUR = 0.3;
    /** Of a mark of omission, and of a joint. */
    private static final int MARK_TOKENS = 4;
    private static final int MOST_CHARACTERS_PER_TOKEN = 24;

    private final TokenCounter counter;

    public Passages(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * The lines of a text that hold most of a question's words, rare ones before common ones, in their order; a text that fits
     * as it is. A line that is too long is cut at spaces. Where no line holds a word, the beginning.
     *
     * @param tokens the room, at least 1; the result has no more, marks of omission included
     */
    public String of(String text, Asked asked, int tokens) {
        String plain = text.strip();
        if (plain.length() <= (long) tokens * MOST_CHARACTERS_PER_TOKEN && counter.count(plain) <= tokens) {
            return plain;
        }
        List<Piece> pieces = pieces(plain.substring(0, Math.min(plain.length(), LOOKED_AT)));
        double[] worth = worth(pieces, asked);
        List<Integer> chosen = choose(pieces, worth, tokens);
        String passage = join(pieces, chosen, plain.length() > LOOKED_AT);
        while (!chosen.isEmpty() && counter.count(passage) > tokens) {
            chosen = chosen.subList(0, chosen.size() - 1);
            passage = join(pieces, chosen, plain.length() > LOOKED_AT);
        }
        return chosen.isEmpty() ? "" : passage;
    }

    /** A line, or a part of one that is too long. */
    private record Piece(String text, boolean endsLine) {
    }

    /** The best that fit, best first. */
    private List<Integer> choose(List<Piece> pieces, double[] worth, int tokens) {
        boolean anything = Arrays.stream(worth).anyMatch(value -> value > 0);
        List<Integer> order = IntStream.range(0, worth.length).boxed()
                .filter(piece -> !anything || worth[piece] > 0)
                .sorted(Comparator.comparingDouble((Integer piece) -> -worth[piece])).toList();
        List<Integer> chosen = new ArrayList<>();
        BitSet known = new BitSet();
        long left = (long) tokens - MARK_TOKENS;
        for (int piece : order) {
            if (left <= 1) {
                break;
            }
            boolean joined = known.get(piece + 1) || (piece > 0 && known.get(piece - 1));
            long price = counter.count(pieces.get(piece).text()) + 1 + (joined ? 0 : MARK_TOKENS);
            if (price <= left) {
                chosen.add(piece);
                known.set(piece);
                left -= price;
            } else if (!anything) {
                break;
            }
        }
        return chosen;
    }

    private static String join(List<Piece> pieces, List<Integer> chosen, boolean more) {
        StringBuilder text = new StringBuilder();
        int last = -1;
        for (int piece : chosen.stream().sorted().toList()) {
            if (piece > last + 1) {
                endLine(text);
                text.append(OMISSION).append('\n');
            }
            text.append(pieces.get(piece).text());
            if (pieces.get(piece).endsLine()) {
                text.append('\n');
            }
            last = piece;
        }
        endLine(text);
        if (more || last < pieces.size() - 1) {
            text.append(OMISSION);
        }
        return text.toString().stripTrailing();
    }

    private static void endLine(StringBuilder text) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    /** What each piece is worth: the words in it that few others have, names above all, and something of its neighbours. */
    private static double[] worth(List<Piece> pieces, Asked asked) {
        List<Set<String>> found = new ArrayList<>();
        Map<String, Integer> holders = new HashMap<>();
        for (Piece piece : pieces) {
            Set<String> words = new HashSet<>(Terms.of(piece.text()));
            words.retainAll(asked.words());
            words.forEach(word -> holders.merge(word, 1, Integer::sum));
            found.add(words);
        }
        double[] own = new double[pieces.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = NAME * asked.namesIn(pieces.get(i).text()) + found.get(i).stream()
                    .mapToDouble(word -> Math.log(1 + (double) pieces.size() / holders.getOrDefault(word, 1))).sum();
        }
        double[] worth = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            double before = i > 0 ? own[i - 1] : 0;
            double behind = i + 1 < own.length ? own[i + 1] : 0;
            worth[i] = own[i] + NEIGHBOUR * (before + behind);
        }
        return worth;
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        text.lines().forEach(line -> {
            int from = 0;
            while (line.length() - from > LONGEST_LINE) {
                int space = line.lastIndexOf(' ', from + LONGEST_LINE);
                int to = space > from + LONGEST_LINE / 2 ? space + 1 : whole(line, from + LONGEST_LINE);
                pieces.add(new Piece(line.substring(from, to), false));
                from = to;
            }
            pieces.add(new Piece(line.substring(from), true));
        });
        return pieces;
    }

    /** The index itself, or the one before if it would cut a code point in two. */
    private static int whole(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
