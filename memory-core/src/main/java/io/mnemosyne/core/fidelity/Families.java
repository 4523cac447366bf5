package io.mnemosyne.core.fidelity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Names many in little room: sorted, and put together where they begin alike or follow each other, so that every one of them
 * is either named or inside of what is named. The largest families are divided first, as long as there is room.
 */
final class Families {
    /** Fewer characters in common make no family. */
    private static final int LEAST_PREFIX = 3;
    /** Longer numbers are ids, and nothing follows from their distance. */
    private static final int MOST_DIGITS = 9;
    private static final long FAR = 1_000;
    private static final Comparator<String> BY_VALUE = Comparator.comparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());

    private final List<String> names;
    private final boolean numbers;
    /** How much each name is like the one before it; of numbers, how near. */
    private final long[] likeness;

    private Families(List<String> names, boolean numbers) {
        this.names = names;
        this.numbers = numbers;
        this.likeness = new long[names.size()];
        for (int i = 1; i < likeness.length; i++) {
            likeness[i] = numbers
                    ? -gap(names.get(i - 1), names.get(i))
                    : family(names.get(i - 1), names.get(i)).length();
        }
    }

    /**
     * Puts them together.
     *
     * @param names distinct
     * @param numbers whether they are numbers, and in the order of their values then
     * @param room characters; the result may be longer if not even one family fits
     */
    static List<String> of(List<String> names, boolean numbers, int room) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> sorted = names.stream().sorted(numbers ? BY_VALUE : Comparator.naturalOrder()).toList();
        return new Families(sorted, numbers).divide(room);
    }

    private List<String> divide(int room) {
        Stretch all = new Stretch(0, names.size());
        int used = cost(all);
        PriorityQueue<Stretch> open = new PriorityQueue<>(
                Comparator.comparingInt((Stretch it) -> -it.size()).thenComparingInt(Stretch::from));
        List<Stretch> done = new ArrayList<>();
        open.add(all);
        while (!open.isEmpty()) {
            Stretch largest = open.remove();
            if (largest.size() == 1) {
                done.add(largest);
                continue;
            }
            int middle = middle(largest);
            Stretch left = new Stretch(largest.from(), middle);
            Stretch right = new Stretch(middle, largest.to());
            int more = cost(left) + cost(right) - cost(largest);
            if (used + more > room) {
                done.add(largest);
            } else {
                used += more;
                open.add(left);
                open.add(right);
            }
        }
        Map<String, Integer> sizes = new LinkedHashMap<>();
        done.stream().sorted(Comparator.comparingInt(Stretch::from))
                .forEach(stretch -> sizes.merge(label(stretch), stretch.size(), Integer::sum));
        return sizes.entrySet().stream().map(family -> text(family.getKey(), family.getValue())).toList();
    }

    private record Stretch(int from, int to) {
        int size() {
            return to - from;
        }
    }

    private int cost(Stretch stretch) {
        return text(label(stretch), stretch.size()).length() + 2;
    }

    /** Where neighbours differ most, of equal places the one nearest to the middle. */
    private int middle(Stretch stretch) {
        int best = -1;
        long least = Long.MAX_VALUE;
        int centre = (stretch.from() + stretch.to()) / 2;
        for (int i = stretch.from() + 1; i < stretch.to(); i++) {
            long weight = likeness[i] * names.size() * 2 + Math.abs(i - centre);
            if (weight < least) {
                least = weight;
                best = i;
            }
        }
        return best;
    }

    private static long gap(String one, String other) {
        return other.length() > MOST_DIGITS
                ? FAR
                : Math.min(FAR, Long.parseLong(other) - Long.parseLong(one));
    }

    private String label(Stretch stretch) {
        String first = names.get(stretch.from());
        String last = names.get(stretch.to() - 1);
        if (stretch.size() == 1) {
            return first;
        }
        if (numbers) {
            return first + "–" + last;
        }
        String family = family(first, last);
        return family.length() >= LEAST_PREFIX ? family + "*" : first + " … " + last;
    }

    private static String text(String label, int size) {
        return size == 1 ? label : label + " (" + size + ")";
    }

    /** The beginning that two names have in common, up to a place where one of its words ends. */
    private static String family(String one, String other) {
        int same = 0;
        int most = Math.min(one.length(), other.length());
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        while (same > 0 && !endsWord(one, same)) {
            same--;
        }
        return one.substring(0, same);
    }

    private static boolean endsWord(String name, int at) {
        char before = name.charAt(at - 1);
        boolean sign = !Character.isLetterOrDigit(before) && !Character.isSurrogate(before);
        boolean hump = at < name.length() && Character.isUpperCase(name.charAt(at)) && Character.isLowerCase(before);
        return sign || hump;
    }
}
