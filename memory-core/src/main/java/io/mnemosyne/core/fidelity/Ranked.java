package io.mnemosyne.core.fidelity;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The pieces of a text in the order in which an excerpt wants them: those first that tell most names per character which
 * nothing before told, definitions before uses. What only repeats a line before but for its digits comes later.
 */
final class Ranked {
    private static final Pattern DEFINITION = Pattern.compile("\\s{0,40}(?:\\d{1,7}\\s{1,8})?"
            + "(?:(?:export|public|private|protected|static|async|abstract|final|default|pub) ){0,4}"
            + "(?:(?:def|class|function|interface|type|enum|struct|fn|func|impl|trait|record|module|const|object) \\w"
            + "|#{1,4} )");
    /** What a definition is worth beside its names. */
    private static final double DEFINES = 3;
    /** What a number is worth, a name being 1: there are many, and most are places. */
    private static final double NUMBER = 0.3;
    private static final double QUOTED = 0.5;
    /** Characters that a piece costs beside its own: its line end, and its part of a mark. */
    private static final int COST = 14;
    private static final double REPEATED = 0.25;
    private static final double PRECISION = 1_000_000;

    private final int[] order;
    private final int[] shapes;

    private Ranked(int[] order, int[] shapes) {
        this.order = order;
        this.shapes = shapes;
    }

    static Ranked of(String text, Pieces pieces, ObjectNames names) {
        double[] worth = new double[pieces.size()];
        names.all().forEach(name -> worth[name.firstPiece()] += switch (name.kind()) {
            case PATH, IDENTIFIER -> 1;
            case NUMBER -> NUMBER;
            case QUOTED -> QUOTED;
        });
        int[] shapes = new int[pieces.size()];
        Set<Integer> seen = new HashSet<>();
        long[] keys = new long[pieces.size()];
        int size = 0;
        for (int i = 0; i < worth.length; i++) {
            shapes[i] = shape(text, pieces.start(i), pieces.end(i));
            if (worth[i] == 0) {
                continue;
            }
            if (DEFINITION.matcher(text).region(pieces.start(i), pieces.end(i)).lookingAt()) {
                worth[i] += DEFINES;
            }
            double score = worth[i] / (pieces.length(i) + COST) * (seen.add(shapes[i]) ? 1 : REPEATED);
            keys[size++] = ((long) (-score * PRECISION) << Integer.SIZE) | i;
        }
        Arrays.sort(keys, 0, size);
        return new Ranked(Arrays.stream(keys, 0, size).mapToInt(key -> (int) key).toArray(), shapes);
    }

    /** Indexes of the pieces that tell a name, the worthiest first. */
    int[] order() {
        return order;
    }

    /** Whether two pieces differ in nothing but digits, or are files of one directory. */
    boolean areAlike(int one, int other) {
        return shapes[one] == shapes[other];
    }

    /** Equal for lines that differ in nothing but digits, and for lines that are nothing but a path in one directory. */
    private static int shape(String text, int start, int end) {
        int lastSlash = -1;
        boolean bare = end > start;
        int hash = 0;
        int directory = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            bare &= !Character.isWhitespace(c);
            if (digit && i > start && text.charAt(i - 1) >= '0' && text.charAt(i - 1) <= '9') {
                continue;
            }
            hash = 31 * hash + (digit ? '0' : c);
            if (c == '/') {
                lastSlash = i;
                directory = hash;
            }
        }
        return bare && lastSlash >= 0 && lastSlash < end - 1 ? ~directory : hash;
    }
}
