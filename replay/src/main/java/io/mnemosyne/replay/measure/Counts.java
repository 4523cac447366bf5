package io.mnemosyne.replay.measure;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** A value for every {@link Count}, of one session or of several. Immutable. */
public final class Counts {
    private final Map<Count, Long> values;

    private Counts(Map<Count, Long> values) {
        this.values = values;
    }

    public long get(Count count) {
        return values.getOrDefault(count, 0L);
    }

    /** Sums, and the largest of those counts that are one. */
    public static Counts total(Collection<Counts> sessions) {
        Tally total = new Tally();
        sessions.forEach(session -> session.values.forEach((count, value) -> {
            if (count.isLargest()) {
                total.raise(count, value);
            } else {
                total.add(count, value);
            }
        }));
        return total.counts();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts counts && counts.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Counts while they grow. */
    static final class Tally {
        private final Map<Count, Long> values = new EnumMap<>(Count.class);

        void add(Count count, long more) {
            values.merge(count, more, Long::sum);
        }

        void add(Count count) {
            add(count, 1);
        }

        void addIf(boolean condition, Count count) {
            add(count, condition ? 1 : 0);
        }

        void set(Count count, long value) {
            values.put(count, value);
        }

        /** Keeps the larger value. */
        void raise(Count count, long value) {
            values.merge(count, value, Math::max);
        }

        Counts counts() {
            return new Counts(new EnumMap<>(values));
        }
    }
}
