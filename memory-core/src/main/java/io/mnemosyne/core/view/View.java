package io.mnemosyne.core.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProviderFacts;
import io.mnemosyne.core.ReportedUsage;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.ProjectStateText;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.TakingIn.Taken;
import io.mnemosyne.core.view.group.Groups;

/**
 * Folds turns and memory of one thread and decides when its prompt is rewritten. The memory journal says what is
 * available; only an epoch shows it, and then all of it at once.
 *
 * <p>
 * Records that would break coverage (a gap in the turns, a segment that overlaps or leaves a hole, a reflection of
 * segments that are not live) are counted and left out: the last good view stays.
 */
public final class View {
    public static final String STALE = "record.stale";
    public static final String VIOLATION = "invariant.violated";
    public static final String IGNORED = "command.ignored";
    public static final String IMPLAUSIBLE = "usage.implausible";
    /** Counter: a compaction was asked for an epoch that is over. */
    public static final String LATE = "compaction.late";

    private final TokenCounter counter;
    private final Rewriting rewriting = new Rewriting();
    private final TakingIn takingIn;
    private final Summaries summaries;
    private final Obeying obeying;

    public View(TokenCounter counter) {
        this.counter = counter;
        Shortening shortening = new Shortening(counter);
        takingIn = new TakingIn(shortening);
        summaries = new Summaries(shortening);
        obeying = new Obeying(rewriting, shortening, counter);
    }

    /**
     * Folds one record.
     *
     * @param state {@link ViewState#EMPTY} for a thread never seen
     * @param policy the one that holds where no command has changed it
     * @param texts of the objects of the thread, as far as its rows have them
     */
    public Decision<ViewState, ViewEffect> decide(ViewState state, ViewInput input, Policy policy, Texts texts) {
        ViewState reached = reach(state, input);
        if (input.incarnation() < state.incarnation()) {
            return Decision.<ViewState, ViewEffect>unchanged(reached).count(STALE);
        }
        ViewState current = input.incarnation() == state.incarnation() ? reached : reached.reborn(input.incarnation());
        Decision<ViewState, ViewEffect> folded = switch (input) {
            case ViewInput.OfTurns(TurnsRecord turns) -> fold(current, turns.event(), policy, texts);
            case ViewInput.OfMemory(var memory) -> fold(current, memory.event(), policy);
            case ViewInput.OfSummaries(SummaryResult result) -> summaries.answer(current, result, texts);
            case ViewInput.OfVectors(EmbeddingVector vector) -> Decision
                    .unchanged(current.with(current.grouped().embedded(vector)));
        };
        Decision<ViewState, ViewEffect> decided = folded
                .then(next -> BudgetWatch.assembled(next, policy))
                .then(next -> summaries.askIfDue(input.thread(), next, next.policy(policy)));
        return input.incarnation() == state.incarnation()
                ? decided
                : first(new ViewEffect.Forget(state.incarnation(), state.shown().epoch(), state.held().tally().faults(),
                        state.grouped().number(), state.held().tally().commands()), decided);
    }

    private static ViewState reach(ViewState state, ViewInput input) {
        return switch (input) {
            case ViewInput.OfTurns(TurnsRecord turns) -> state.with(state.appliedThrough().and(turns.source()));
            case ViewInput.OfMemory _,ViewInput.OfSummaries _,ViewInput.OfVectors _ -> state;
        };
    }

    private Decision<ViewState, ViewEffect> fold(ViewState state, TurnEvent event, Policy policy, Texts texts) {
        return switch (event) {
            case TurnEvent.Appended(Turn turn) when turn.seq() == state.turns().nextSeq() ->
                append(state, turn, policy);
            case TurnEvent.Appended _ -> violation(state);
            case TurnEvent.Controlled(Command command) -> obey(state, command, policy, texts);
            case TurnEvent.Skipped _ -> Decision.unchanged(state);
        };
    }

    private Decision<ViewState, ViewEffect> fold(ViewState state, MemoryEvent event, Policy policy) {
        return switch (event) {
            case MemoryEvent.Observed(Segment segment) -> state.available().observed(segment)
                    .map(next -> keep(state.with(next, state.totals().observation()), segment, policy))
                    .orElseGet(() -> violation(state));
            case MemoryEvent.Reflected(Segment segment, List<String> replaces) -> state.available()
                    .reflected(segment, replaces)
                    .map(next -> replace(state.with(next, state.totals().reflection()), segment, replaces, policy))
                    .orElseGet(() -> violation(state));
            // An edit that changed nothing is answered by the state as it was.
            case MemoryEvent.StateChanged(ProjectState project) when project.version() == state.available().state()
                    .version() ->
                Decision.unchanged(state.withOpenEdits(Math.max(0, state.openEdits() - 1)));
            case MemoryEvent.StateChanged(ProjectState project) ->
                state.available().changed(sizeOf(project, state.available().budget(policy)))
                        .map(next -> change(state, next, project, policy)).orElseGet(() -> violation(state));
            case MemoryEvent.Controlled(Command command) when command.kind() == Command.Kind.EDIT -> Decision
                    .unchanged(state.withOpenEdits(state.openEdits() + 1));
            // The turns hold the same command in another place; this one bounds what the reflector writes behind it.
            case MemoryEvent.Controlled(Command command) when command.kind() == Command.Kind.POLICY -> Decision
                    .unchanged(state.with(state.available().changedBy(command), state.totals()));
            case MemoryEvent.Controlled _ -> Decision.unchanged(state);
        };
    }

    private Decision<ViewState, ViewEffect> append(ViewState state, Turn turn, Policy policy) {
        SizedTurn sized = SizedTurn.of(turn, counter);
        Policy own = state.policy(policy);
        Duration ttl = Duration.ofSeconds(own.cachePrices().ttlSeconds());
        ProviderFacts provider = state.providerFacts();
        Optional<String> model = ProviderFacts.modelOf(turn);
        Instant at = turn.body().origin().at().or(() -> state.turns().lastAt()).orElse(Instant.EPOCH);
        boolean cold = isCold(state.turns().lastAt(), turn.body().origin().at(), ttl)
                || model.filter(called -> provider.isChangeToColdCache(called, at, ttl)).isPresent();
        ViewState heard = turn.role() == Role.ASSISTANT
                ? BudgetWatch.answered(rewriting.called(state, policy).caching(state.tokensInView()))
                : state;
        Decision<Groups, ViewEvent.Regrouped> grouped = state.grouped().append(turn).regroupIfDue(turn.seq() + 1,
                own.groups());
        Taken taken = own.grades()
                ? takingIn.take(state.held(), state.shown()::repeats, sized, state.ceiling(policy), own)
                : new Taken(aged(state.held(), turn), List.of());
        ViewState appended = heard.with(
                state.turns().append(turn, sized.tokens() - taken.held().saved(turn.seq())),
                state.totals().turn(turn.tokens(), turn.objects().size())).with(taken.held()).with(grouped.state());
        ViewState next = model.map(called -> appended.with(provider.called(called, at))).orElse(appended);
        List<ViewEffect> effects = new ArrayList<>(List.of(new ViewEffect.KeepTurn(sized)));
        effects.addAll(taken.effects());
        grouped.effects().stream().map(ViewEffect.Journal::new).forEach(effects::add);
        return first(effects, cold
                ? rewriting.whileCold(next.caching(0), policy)
                : rewriting.ifDue(next, policy));
    }

    /** Where nothing is graded, what was brought back is let go after some calls nevertheless. */
    private static HeldObjects aged(HeldObjects held, Turn turn) {
        return turn.role() == Role.ASSISTANT && !held.objects().isEmpty() ? held.called() : held;
    }

    private static boolean isCold(Optional<Instant> before, Optional<Instant> now, Duration ttl) {
        return before.isPresent() && now.isPresent() && now.get().isAfter(before.get().plus(ttl));
    }

    private Decision<ViewState, ViewEffect> keep(ViewState state, Segment segment, Policy policy) {
        return first(new ViewEffect.KeepSegment(segment), rewriting.ifDue(state, policy));
    }

    private Decision<ViewState, ViewEffect> replace(ViewState state, Segment segment, List<String> replaces,
            Policy policy) {
        List<String> neverShown = replaces.stream().filter(id -> !state.shown().segmentIds().contains(id)).toList();
        Decision<ViewState, ViewEffect> kept = keep(state, segment, policy);
        return neverShown.isEmpty() ? kept : first(new ViewEffect.DropSegments(neverShown), kept);
    }

    private Decision<ViewState, ViewEffect> change(ViewState state, Available next, ProjectState project,
            Policy policy) {
        ViewState changed = state.with(next, state.totals());
        Decision<ViewState, ViewEffect> kept = first(new ViewEffect.KeepState(project), state.openEdits() > 0
                ? rewriting.afterEdit(changed.withOpenEdits(state.openEdits() - 1), policy)
                : rewriting.ifDue(changed, policy));
        long previous = state.available().state().version();
        boolean obsolete = previous > 0 && previous != state.shown().state().version();
        return obsolete ? first(new ViewEffect.DropState(previous), kept) : kept;
    }

    private Decision<ViewState, ViewEffect> obey(ViewState state, Command command, Policy policy, Texts texts) {
        return switch (command.kind()) {
            case POLICY -> rewriting.afterEdit(state.changedBy(command), policy);
            case USAGE -> ReportedUsage.of(command).map(usage -> learn(state, usage, policy))
                    .orElseGet(() -> ignored(state));
            // The new incarnation has already begun; edits come back through the memory.
            case DELETE, EDIT -> Decision.unchanged(state);
            case COMPACT -> Compaction.of(command).map(asked -> compact(state, asked, policy))
                    .orElseGet(() -> ignored(state));
            case PIN, RELEASE, RESTORE, QUERY -> obeying.obey(state, command, policy, texts);
        };
    }

    /** A report has its place among the turns, so the prompt that it is about is the one of this moment. */
    private Decision<ViewState, ViewEffect> learn(ViewState state, ReportedUsage usage, Policy policy) {
        Policy own = state.policy(policy);
        Optional<String> model = usage.model().or(() -> state.providerFacts().newestModel());
        Calibrations before = state.calibrations();
        Calibrations after = before.and(model, usage.inputTokens(), state.tokensInView(), state.ceiling(policy), own);
        Decision<ViewState, ViewEffect> learnt = BudgetWatch.reported(state, usage, own).then(next -> rewriting
                .ifDue(next.with(next.providerFacts().reported(usage, own)).with(after), policy));
        return after.refused() > before.refused() ? learnt.count(IMPLAUSIBLE) : learnt;
    }

    /** One that was asked for another epoch is about a prompt that is not sent any more. */
    private Decision<ViewState, ViewEffect> compact(ViewState state, Compaction asked, Policy policy) {
        return asked.epoch().orElse(state.shown().epoch()) == state.shown().epoch()
                ? rewriting.compacting(state, policy)
                : Decision.<ViewState, ViewEffect>unchanged(state).count(LATE);
    }

    private static Decision<ViewState, ViewEffect> ignored(ViewState state) {
        return Decision.<ViewState, ViewEffect>unchanged(state).count(IGNORED);
    }

    private StateFacts sizeOf(ProjectState project, long budget) {
        return new StateFacts(project.version(), counter.count(ProjectStateText.of(project, budget)), budget);
    }

    private static Decision<ViewState, ViewEffect> violation(ViewState state) {
        Available available = state.available();
        return Decision.<ViewState, ViewEffect>unchanged(state.with(available, state.totals().violation()))
                .count(VIOLATION);
    }

    private static Decision<ViewState, ViewEffect> first(ViewEffect effect, Decision<ViewState, ViewEffect> then) {
        return first(List.of(effect), then);
    }

    private static Decision<ViewState, ViewEffect> first(List<ViewEffect> effects,
            Decision<ViewState, ViewEffect> then) {
        return new Decision<>(then.state(), Stream.concat(effects.stream(), then.effects().stream()).toList(),
                then.counts());
    }
}
