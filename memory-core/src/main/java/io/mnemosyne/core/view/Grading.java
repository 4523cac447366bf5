package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Pressure;
import io.mnemosyne.core.view.ViewEvent.Cause;
import io.mnemosyne.core.view.ViewEvent.Change;

/**
 * How much of each object of the raw tail should be shown: the less, the longer it was not used and the higher the
 * pressure. What an object in full depends on is held, so leaves go first; pinned objects and open failures stay.
 */
final class Grading {
    /** Fewer tokens are not worth a line about what was lost. */
    private static final long LEAST_SAVED = 40;

    private final HeldObjects held;
    private final Pressure pressure;
    private final Policy policy;
    private final long firstSeq;
    private final long nextSeq;

    /**
     * @param watermark seq up to which segments cover the thread
     * @param nextSeq number of turns read
     */
    Grading(HeldObjects held, long watermark, long nextSeq, Pressure pressure, Policy policy) {
        this.held = held;
        this.pressure = pressure;
        this.policy = policy;
        this.firstSeq = watermark + 1;
        this.nextSeq = nextSeq;
    }

    /**
     * An object that should be shown shorter.
     *
     * @param overdue calls of the agent in which it was shown longer than it should
     */
    record Candidate(HeldObject object, Fidelity to, long overdue) {
        long saved() {
            return object.tokens() - object.sizes().at(to);
        }

        /** The part of what is shown now that will be missing. */
        double missing() {
            return (double) saved() / Math.max(1, object.tokens());
        }

        Change change(Cause cause) {
            return new Change(object.id(), object.shown(), to, object.state().stale() ? Cause.SUPERSEDED : cause);
        }
    }

    /** What should be shown shorter, oldest first. */
    List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> needed = new HashSet<>();
        for (HeldObject object : held.objects().reversed()) {
            if (object.seq() < firstSeq) {
                break;
            }
            Fidelity to = needed.contains(object.id()) && !object.state().stale() ? object.shown() : desired(object);
            var candidate = new Candidate(object, to, overdue(object, to));
            boolean goes = to.isBelow(object.shown()) && candidate.saved() >= LEAST_SAVED;
            if (goes) {
                candidates.addFirst(candidate);
            }
            if (!goes && object.shown() == Fidelity.FULL) {
                needed.addAll(object.needs());
            }
        }
        return candidates;
    }

    private boolean stays(HeldObject object) {
        return policy.fidelity().keeps(object, held.calls()) || (object.state().pinned() && !isForgottenPin(object))
                || object.state().error()
                || object.seq() >= nextSeq - newest();
    }

    private boolean isForgottenPin(HeldObject object) {
        return object.idle(held.calls()) > policy.fidelity().pinnedCalls();
    }

    /** Turns that are left alone. The newest one always is: nobody has read it yet. */
    private long newest() {
        return Math.max(1, switch (pressure) {
            case NORMAL, CAUTION -> policy.keepRawTurns();
            case WARNING -> policy.keepRawTurns() / 2;
            case CRITICAL -> policy.keepRawTurns() / 4;
            case EMERGENCY -> 1;
        });
    }

    private Fidelity desired(HeldObject object) {
        if (stays(object)) {
            return object.shown();
        }
        if (object.state().stale()) {
            return Fidelity.STUB;
        }
        double idle = object.idle(held.calls()) * haste();
        Fidelity due = policy.fidelity().ageing(object.type()).after(idle);
        return due == Fidelity.STUB && pressure == Pressure.EMERGENCY ? Fidelity.EVICTED : due;
    }

    /** Under pressure an idle call counts for several. */
    private double haste() {
        return switch (pressure) {
            case NORMAL -> 1;
            case CAUTION -> 1.25;
            case WARNING -> 2;
            case CRITICAL -> 4;
            case EMERGENCY -> 1_000;
        };
    }

    private long overdue(HeldObject object, Fidelity to) {
        if (object.state().stale() || to == Fidelity.FULL) {
            return object.idle(held.calls());
        }
        double due = policy.fidelity().ageing(object.type()).until(to) / haste();
        return Math.max(0, held.calls() - Math.max(object.demotedAt(), object.usedAt() + (long) due));
    }

    /** What was named or needed while little of it was shown, and what belongs to it: to be shown in detail again. */
    Map<String, Cause> raised() {
        Map<String, Cause> raised = new HashMap<>();
        held.objects().stream().filter(object -> object.state().wanted() && !object.state().stale())
                .forEach(object -> {
                    raised.put(object.id(), object.state().faulted() ? Cause.FAULT : Cause.REFERENCE);
                    related(object).forEach(id -> raised.putIfAbsent(id, Cause.RELATED));
                });
        return raised;
    }

    /** The nearest objects that relations lead to, of which little is shown. */
    private List<String> related(HeldObject start) {
        FidelityRules rules = policy.fidelity();
        List<String> found = new ArrayList<>();
        Set<String> reached = new HashSet<>(Set.of(start.id()));
        Set<String> edge = Set.of(start.id());
        for (int hop = 0; hop < rules.hops() && found.size() < rules.related(); hop++) {
            Set<String> next = new HashSet<>();
            for (HeldObject object : held.objects()) {
                if (!reached.contains(object.id()) && isTied(object, edge)) {
                    next.add(object.id());
                    boolean low = object.shown().isBelow(Fidelity.DETAILED) && !object.state().stale();
                    if (low && found.size() < rules.related()) {
                        found.add(object.id());
                    }
                }
            }
            reached.addAll(next);
            edge = next;
        }
        return found;
    }

    /** Whether an object is tied to one of those at the edge, in either direction, or shares its file or names with it. */
    private boolean isTied(HeldObject object, Set<String> edge) {
        return object.needs().stream().anyMatch(edge::contains) || object.kin().stream().anyMatch(edge::contains)
                || edge.stream().map(held::find).flatMap(Optional::stream)
                        .anyMatch(other -> other.needs().contains(object.id()) || other.kin().contains(object.id())
                                || other.marks().share(object.marks()));
    }
}
