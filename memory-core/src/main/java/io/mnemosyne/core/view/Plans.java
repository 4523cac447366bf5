package io.mnemosyne.core.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.cost.CostRule;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Pressure;
import io.mnemosyne.core.view.Grading.Candidate;
import io.mnemosyne.core.view.ViewEvent.Cause;
import io.mnemosyne.core.view.ViewEvent.Change;

/** What could be shown instead of what is. */
final class Plans {
    /** Share of the budget for what the user said in turns that a segment has passed. */
    private static final double USERS_SHARE = 0.08;
    /** Objects that nobody sees any more and that are still known, so that it shows when they are needed. */
    private static final int MOST_GONE = 64;

    static long nextCeiling(ViewState state, Policy policy) {
        return state.calibrations().ceiling(policy).orElse(policy.budget());
    }

    /** The same memory and objects. */
    Plan same(ViewState state, Policy policy) {
        return plan(state, state.shown().segments(), state.shown().state(), Map.of(), policy);
    }

    /** All memory that rests on turns already read, and objects as they should be; empty if that memory is shown. */
    Optional<Plan> memory(ViewState state, Pressure pressure, Policy policy) {
        List<SegmentFacts> segments = state.available().readable(state.turns().nextSeq());
        long watermark = watermark(segments);
        boolean older = watermark < state.shown().watermark();
        if (older || state.shown().isMemory(segments, state.available().state())) {
            return Optional.empty();
        }
        return Optional.of(plan(state, segments, state.available().state(),
                all(state, watermark, pressure, policy), policy));
    }

    /** As {@link #memory}, or the same memory with objects as they should be; empty if nothing would change. */
    Optional<Plan> any(ViewState state, Pressure pressure, Policy policy) {
        return memory(state, pressure, policy).or(() -> graded(state, pressure, policy));
    }

    /** The same memory, with all objects as they should be under a pressure; empty if they are. */
    Optional<Plan> graded(ViewState state, Pressure pressure, Policy policy) {
        Map<String, Change> changes = all(state, state.shown().watermark(), pressure, policy);
        boolean newTexts = state.held().objects().stream()
                .anyMatch(object -> object.waiting().isPresent() && object.shown() != Fidelity.FULL);
        return newTexts || !state.shown().restored().isEmpty()
                ? Optional.of(plan(state, state.shown().segments(), state.shown().state(), changes, policy))
                : sameMemory(state, changes, policy);
    }

    /**
     * The same memory, with those objects shown shorter that have cost more, since they should have been, than writing
     * the prompt behind the oldest of them anew will cost. Nobody knows how many calls are left; who waits until the rent
     * has reached the price pays at most twice what a prophet would.
     */
    Optional<Plan> paying(ViewState state, Policy policy) {
        if (!policy.grades()) {
            return Optional.empty();
        }
        Pressure pressure = Pressure.of(state.tokensInView(), nextCeiling(state, policy), policy.fidelity());
        Grading grading = grading(state, state.shown().watermark(), pressure, policy);
        List<Candidate> candidates = grading.candidates();
        CostRule rule = new CostRule(policy.cachePrices());
        long view = state.tokensInView();
        double gain = 0;
        double best = 0;
        long saved = 0;
        int from = candidates.size();
        for (int i = candidates.size() - 1; i >= 0; i--) {
            Candidate candidate = candidates.get(i);
            saved += candidate.saved();
            HeldObject object = candidate.object();
            double reuse = object.state().stale()
                    ? 0
                    : policy.fidelity().reuse(object, state.held().calls());
            gain += rule.rent(candidate.saved() * candidate.overdue())
                    - reuse * candidate.missing() * rule.fault(view, candidate.saved());
            double net = gain - rule.rewriting(state.turns().tokensFrom(object.seq()) - saved);
            if (net > best) {
                best = net;
                from = i;
            }
        }
        Map<String, Change> changes = byObject(
                candidates.subList(from, candidates.size()).stream().map(one -> one.change(Cause.PAYS)).toList());
        if (!changes.isEmpty()) {
            // What is to be shown again comes along where the prompt is written anew anyway.
            long rewritten = candidates.get(from).object().seq();
            Map<String, Cause> raised = grading.raised();
            Map<String, Fidelity> better = better(state.held(), rewritten - 1, raised, policy, Long.MAX_VALUE);
            for (HeldObject object : state.held().objects()) {
                Fidelity to = better.getOrDefault(object.id(), object.shown());
                if (to != object.shown()) {
                    changes.put(object.id(), change(object, to, raised, keeps(state, object, policy)));
                }
            }
        }
        return sameMemory(state, changes, policy);
    }

    /**
     * The same memory, with some objects let go, and all others as they should be where the prompt is written anew anyway.
     *
     * @param released how much is shown of each from now on, by id
     */
    Plan releasing(ViewState state, Map<String, Fidelity> released, Pressure pressure, Policy policy) {
        long watermark = state.shown().watermark();
        long from = state.held().objects().stream().filter(object -> released.containsKey(object.id()))
                .mapToLong(HeldObject::seq).min().orElse(watermark);
        Map<String, Change> due = all(state, watermark, pressure, policy);
        Map<String, Change> changes = new HashMap<>();
        for (HeldObject object : state.held().objects()) {
            Optional<Change> change = Optional.ofNullable(released.get(object.id()))
                    .filter(to -> to.isBelow(object.shown()))
                    .map(to -> new Change(object.id(), object.shown(), to, Cause.RELEASED))
                    .or(() -> Optional.ofNullable(due.get(object.id())).filter(_ -> object.seq() >= from));
            change.ifPresent(found -> changes.put(object.id(), found));
        }
        return plan(state, state.shown().segments(), state.shown().state(), changes, policy);
    }

    private static boolean keeps(ViewState state, HeldObject object, Policy policy) {
        return policy.fidelity().keeps(object, state.held().calls());
    }

    private static Change change(HeldObject object, Fidelity to, Map<String, Cause> raised, boolean kept) {
        return new Change(object.id(), object.shown(), to, kept && to == Fidelity.FULL
                ? Cause.ASKED
                : raised.getOrDefault(object.id(), Cause.PAYS));
    }

    private static Optional<Plan> sameMemory(ViewState state, Map<String, Change> changes, Policy policy) {
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(plan(state, state.shown().segments(), state.shown().state(), changes, policy));
    }

    private static Grading grading(ViewState state, long watermark, Pressure pressure, Policy policy) {
        return new Grading(state.held(), watermark, state.turns().nextSeq(), pressure, policy);
    }

    /** Every change of an object that is worth making when the prompt is rewritten anyway. */
    private static Map<String, Change> all(ViewState state, long watermark, Pressure pressure, Policy policy) {
        if (!policy.grades()) {
            return inFull(state, watermark, policy);
        }
        Grading grading = grading(state, watermark, pressure, policy);
        Cause cause = pressure.compareTo(Pressure.CRITICAL) >= 0 ? Cause.PRESSURE : Cause.PAYS;
        Map<String, Change> changes = byObject(
                grading.candidates().stream().map(candidate -> candidate.change(cause)).toList());
        Map<String, Cause> raised = grading.raised();
        long room = Math.round(policy.fidelity().workingSet() * nextCeiling(state, policy));
        boolean moved = watermark != state.shown().watermark();
        Map<String, Fidelity> carried = moved
                ? WorkingSet.of(state.held(), watermark, room, policy.fidelity(), raised)
                : Map.of();
        Map<String, Fidelity> better = better(state.held(), watermark, raised, policy,
                cause == Cause.PRESSURE ? room : Long.MAX_VALUE);
        for (HeldObject object : state.held().objects()) {
            boolean kept = keeps(state, object, policy);
            // What was brought back for a while that has passed makes room.
            boolean stays = !moved && !object.state().restored();
            Fidelity covered = stays ? object.shown() : carried.getOrDefault(object.id(), Fidelity.EVICTED);
            boolean tail = object.seq() > watermark;
            Fidelity to = tail
                    ? better.getOrDefault(object.id(), object.shown())
                    : kept ? Fidelity.FULL : covered;
            if (to != object.shown()) {
                changes.put(object.id(), change(object, to, raised, kept));
            }
        }
        return changes;
    }

    /** What of the tail is shown better again, the newest first, as far as there is room. */
    private static Map<String, Fidelity> better(HeldObjects held, long watermark, Map<String, Cause> raised,
            Policy policy, long room) {
        Map<String, Fidelity> better = new HashMap<>();
        long left = room;
        for (HeldObject object : held.objects().reversed()) {
            boolean kept = policy.fidelity().keeps(object, held.calls());
            Fidelity to = kept ? Fidelity.FULL : Fidelity.DETAILED;
            boolean wanted = kept || raised.containsKey(object.id());
            long more = object.sizes().at(to) - object.tokens();
            if (object.seq() > watermark && wanted && object.shown().isBelow(to)
                    && (more <= left || kept)) {
                better.put(object.id(), to);
                left -= more;
            }
        }
        return better;
    }

    /** Where objects are not shown shorter any more. */
    private static Map<String, Change> inFull(ViewState state, long watermark, Policy policy) {
        return byObject(state.held().objects().stream()
                .map(object -> new Change(object.id(), object.shown(),
                        object.seq() > watermark || keeps(state, object, policy) ? Fidelity.FULL : Fidelity.EVICTED,
                        Cause.ASKED))
                .filter(change -> change.from() != change.to()).toList());
    }

    private static Map<String, Change> byObject(List<Change> changes) {
        Map<String, Change> byObject = new HashMap<>();
        changes.forEach(change -> byObject.put(change.object(), change));
        return byObject;
    }

    private static Plan plan(ViewState state, List<SegmentFacts> segments, StateFacts project,
            Map<String, Change> wanted, Policy policy) {
        Map<String, Change> changes = withRestored(state, wanted, policy);
        long watermark = watermark(segments);
        HeldObjects held = held(state.held(), watermark, changes);
        Map<Long, Long> saved = held.savedByTurn();
        Map<Long, Long> sizes = new HashMap<>();
        for (HeldObject object : state.held().objects()) {
            boolean changed = changes.containsKey(object.id()) || object.waiting().isPresent();
            if (changed && object.seq() > state.shown().watermark()) {
                sizes.put(object.seq(), object.turnTokens() - saved.getOrDefault(object.seq(), 0L));
            }
        }
        ReadTurns turns = state.turns().resized(sizes);
        List<TurnSize> carried = held.objects().stream()
                .filter(object -> object.seq() <= watermark && object.shown() != Fidelity.EVICTED)
                .map(object -> new TurnSize(object.seq(), object.turnTokens() - saved.getOrDefault(object.seq(), 0L)))
                .toList();
        Shown next = new Shown(state.shown().epoch() + 1, segments, project,
                turns.copiesThrough(watermark, Math.round(USERS_SHARE * policy.budget()), carried),
                state.calibrations().ceiling(policy), List.of());
        long rewritten = next.sameMemory(state.shown()) && next.copies().equals(state.shown().copies())
                ? Stream.concat(sizes.keySet().stream(),
                        state.shown().restored().stream().map(object -> object.after() + 1))
                        .mapToLong(turns::tokensFrom).max().orElse(0)
                : next.rewritten(state.shown(), turns);
        return new Plan(next, turns, held, ordered(state.held(), changes), rewritten);
    }

    /** What is appended takes its place, unless something newer has made it stale. */
    private static Map<String, Change> withRestored(ViewState state, Map<String, Change> changes, Policy policy) {
        Map<String, Change> all = new HashMap<>(changes);
        state.shown().restored().stream().map(RestoredObject::id).map(state.held()::find).flatMap(Optional::stream)
                .filter(object -> object.shown() != Fidelity.FULL && keeps(state, object, policy))
                .forEach(object -> all.put(object.id(),
                        new Change(object.id(), object.shown(), Fidelity.FULL, Cause.ASKED)));
        return all;
    }

    private static List<Change> ordered(HeldObjects held, Map<String, Change> changes) {
        return held.objects().stream().map(HeldObject::id).filter(changes::containsKey).map(changes::get).toList();
    }

    private static HeldObjects held(HeldObjects before, long watermark, Map<String, Change> changes) {
        UnaryOperator<HeldObject> change = object -> changes.containsKey(object.id())
                ? object.shownAt(changes.get(object.id()).to(), before.calls())
                : object.withNewestForms(before.calls());
        List<HeldObject> next = before.objects().stream().map(change).toList();
        List<HeldObject> gone = next.stream()
                .filter(object -> object.seq() <= watermark && object.shown() == Fidelity.EVICTED).toList();
        Set<String> forgotten = gone.subList(0, Math.max(0, gone.size() - MOST_GONE)).stream().map(HeldObject::id)
                .collect(Collectors.toSet());
        return before.with(next).without(forgotten);
    }

    private static long watermark(List<SegmentFacts> segments) {
        return segments.isEmpty() ? -1 : segments.getLast().range().to();
    }
}
