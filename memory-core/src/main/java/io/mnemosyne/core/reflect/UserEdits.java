package io.mnemosyne.core.reflect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a user changed in the project state by hand, so that no later extraction undoes it. The oldest edits are
 * forgotten beyond 200 of each sort.
 *
 * @param removed must not come back; each a field and a subject
 * @param kept must neither be superseded nor dropped
 */
public record UserEdits(List<String> removed, List<String> kept) {
    static final UserEdits NONE = new UserEdits(List.of(), List.of());
    private static final int MAX_EDITS = 200;

    public UserEdits {
        removed = newest(removed);
        kept = newest(kept);
    }

    UserEdits remove(String field, String subject) {
        String key = key(field, subject);
        return new UserEdits(with(removed, key), without(kept, key));
    }

    UserEdits keep(String field, String subject) {
        String key = key(field, subject);
        return new UserEdits(without(removed, key), with(kept, key));
    }

    boolean isRemoved(String field, String subject) {
        return removed.contains(key(field, subject));
    }

    boolean isKept(String field, String subject) {
        return kept.contains(key(field, subject));
    }

    private static String key(String field, String subject) {
        return field + "|" + subject;
    }

    private static List<String> with(List<String> keys, String key) {
        Set<String> more = new LinkedHashSet<>(keys);
        more.remove(key);
        more.add(key);
        return List.copyOf(more);
    }

    private static List<String> without(List<String> keys, String key) {
        return keys.stream().filter(other -> !other.equals(key)).toList();
    }

    private static List<String> newest(List<String> keys) {
        return List.copyOf(keys.subList(Math.max(0, keys.size() - MAX_EDITS), keys.size()));
    }
}
