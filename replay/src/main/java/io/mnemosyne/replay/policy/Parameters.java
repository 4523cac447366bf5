package io.mnemosyne.replay.policy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a policy by name, as given on a command line.
 *
 * @param values unchecked
 */
public record Parameters(Map<String, String> values) {
    /** No parameter, so that every default holds. */
    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Map.copyOf(values);
    }

    /**
     * Refuses what a policy does not have.
     *
     * @throws IllegalArgumentException if another name was given
     */
    public Parameters only(String... names) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the policy has no parameter " + String.join(", ", unknown)
                    + (names.length == 0 ? "; it has none" : "; it has " + String.join(", ", names)));
        }
        return this;
    }

    /**
     * A whole number, or its default where none was given.
     *
     * @throws IllegalArgumentException if it is not a number of at least {@code least}
     */
    public int whole(String name, int standard, int least) {
        String given = values.getOrDefault(name, Integer.toString(standard));
        try {
            int value = Integer.parseInt(given);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the bound.
        }
        throw new IllegalArgumentException(
                name + " must be a whole number of at least " + least + ", was '" + given + "'");
    }
}
