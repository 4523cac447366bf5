package io.mnemosyne.service.watch;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a subscriber has been told, in every partition of {@code turns}: events of different partitions have no order, so
 * one number would not say what is missing. The same on every instance and after a restart.
 *
 * @param offsets of the newest record that was passed, by partition
 */
public record Cursor(Map<Integer, Long> offsets) {
    private static final Pattern TEXT = Pattern.compile("\\d{1,4}-\\d{1,18}(\\.\\d{1,4}-\\d{1,18})*");
    private static final String NOWHERE = "start";
    static final Cursor START = new Cursor(Map.of());

    public Cursor {
        Map<Integer, Long> known = new TreeMap<>(offsets);
        known.values().removeIf(offset -> offset < 0);
        offsets = Collections.unmodifiableMap(known);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Cursor parse(String text) {
        if (text.equals(NOWHERE)) {
            return START;
        }
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it must be the id of an event as it was received, such as 0-17.3-5; leave it out to begin with now");
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String place : text.split("\\.", -1)) {
            int dash = place.indexOf('-');
            offsets.put(Integer.parseInt(place.substring(0, dash)), Long.parseLong(place.substring(dash + 1)));
        }
        return new Cursor(offsets);
    }

    Cursor at(int partition, long offset) {
        Map<Integer, Long> next = new TreeMap<>(offsets);
        next.merge(partition, offset, Math::max);
        return new Cursor(next);
    }

    boolean passed(int partition, long offset) {
        return offsets.getOrDefault(partition, -1L) >= offset;
    }

    @Override
    public String toString() {
        return offsets.isEmpty()
                ? NOWHERE
                : offsets.entrySet().stream().map(entry -> entry.getKey() + "-" + entry.getValue())
                        .collect(Collectors.joining("."));
    }
}
