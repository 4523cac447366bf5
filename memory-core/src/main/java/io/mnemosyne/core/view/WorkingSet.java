package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;

/**
 * Objects that stay in view although a segment has passed their turns: files that will probably be used again, and what
 * was missed. They are carried as copies of their turns, the likeliest first, as far as there is room.
 */
final class WorkingSet {
    /** Less probable ones are not worth a copy. */
    private static final double LIKELY = 0.2;

    private WorkingSet() {
    }

    /**
     * How much to show of which object, by id.
     *
     * @param watermark seq up to which segments cover the thread
     * @param room for the copies, tokens
     * @param raised ids of what is to be shown again
     */
    static Map<String, Fidelity> of(HeldObjects held, long watermark, long room, FidelityRules rules,
            Map<String, ?> raised) {
        Predicate<HeldObject> kept = object -> rules.keeps(object, held.calls());
        List<HeldObject> candidates = held.objects().stream()
                .filter(object -> object.seq() <= watermark && (kept.test(object) || !object.state().stale()))
                .filter(object -> kept.test(object) || isLikely(object, held.calls(), rules)
                        || raised.containsKey(object.id()))
                .sorted(Comparator.comparing((HeldObject object) -> !kept.test(object))
                        .thenComparing(object -> !object.state().pinned())
                        .thenComparingDouble(object -> -rules.reuse(object, held.calls()))
                        .thenComparingLong(object -> -object.seq()))
                .toList();
        Map<String, Fidelity> chosen = new LinkedHashMap<>();
        long left = room;
        for (HeldObject object : candidates) {
            for (Fidelity fidelity : fitting(object, kept.test(object))) {
                long tokens = object.turnTokens() - object.sizes().full() + object.sizes().at(fidelity);
                if (tokens <= left || kept.test(object)) {
                    chosen.put(object.id(), fidelity);
                    left -= tokens;
                    break;
                }
            }
        }
        return chosen;
    }

    private static List<Fidelity> fitting(HeldObject object, boolean kept) {
        List<Fidelity> fitting = new ArrayList<>(List.of(Fidelity.DETAILED));
        if (object.type() == SemanticObject.Type.FILE_CONTEXT || kept) {
            fitting.addFirst(Fidelity.FULL);
        }
        return fitting;
    }

    private static boolean isLikely(HeldObject object, long calls, FidelityRules rules) {
        return object.type() == SemanticObject.Type.FILE_CONTEXT && rules.reuse(object, calls) >= LIKELY;
    }
}
