package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.Named.Found;
import io.mnemosyne.core.view.ViewEvent.Refusal;

/** What users and agents want to be done with objects. Every command is journalled, also one that changes nothing. */
final class Obeying {
    /** A journal entry must fit a record, whatever was asked. */
    private static final int LONGEST_QUESTION = 2_000;
    /** How little is left of what is released, by the command's {@code level}. */
    private static final Map<String, Fidelity> LEVELS = Map.of("stub", Fidelity.STUB, "evicted", Fidelity.EVICTED);

    private final Rewriting rewriting;
    private final Restoring restoring;

    Obeying(Rewriting rewriting, Shortening shortening, TokenCounter counter) {
        this.rewriting = rewriting;
        restoring = new Restoring(rewriting, shortening, counter);
    }

    /** @param command to restore, release or pin objects, or a question */
    Decision<ViewState, ViewEffect> obey(ViewState state, Command command, Policy policy, Texts texts) {
        Map<String, String> arguments = command.arguments();
        Answer answer = switch (command.kind()) {
            case RESTORE -> restore(state, Named.in(arguments, texts), policy);
            case RELEASE -> Optional.ofNullable(LEVELS.get(arguments.getOrDefault("level", "stub")))
                    .map(level -> release(state, Named.in(arguments, texts), level, policy))
                    .orElseGet(() -> Answer.refused(state, Refusal.NOT_UNDERSTOOD));
            case PIN -> pin(state, arguments, texts);
            case QUERY -> ask(state, arguments);
            case DELETE, POLICY, EDIT, USAGE, COMPACT -> throw new IllegalArgumentException(
                    command.kind() + " is not about objects");
        };
        return journalled(answer, command, state.turns().nextSeq() - 1);
    }

    /**
     * What became of a command.
     *
     * @param decision without its journal entry
     */
    record Answer(Decision<ViewState, ViewEffect> decision, List<String> objects, List<String> missing, long tokens,
            Optional<Refusal> refusal) {
        static Answer done(Decision<ViewState, ViewEffect> decision, List<String> objects, List<String> missing,
                long tokens) {
            return new Answer(decision, objects, missing, tokens, Optional.empty());
        }

        static Answer refused(ViewState state, Refusal why) {
            return refused(state, why, List.of(), 0);
        }

        static Answer refused(ViewState state, Refusal why, List<String> missing, long tokens) {
            return new Answer(Decision.unchanged(state), List.of(), missing, tokens, Optional.of(why));
        }
    }

    /** The entry comes first: what else there is came of it. */
    private static Decision<ViewState, ViewEffect> journalled(Answer answer, Command command, long atSeq) {
        ViewState after = answer.decision().state();
        HeldObjects.Tally tally = after.held().tally().command();
        Optional<String> question = Optional.ofNullable(command.arguments().get("question"))
                .filter(_ -> command.kind() == Command.Kind.QUERY)
                .map(asked -> asked.substring(0, Math.min(asked.length(), LONGEST_QUESTION)));
        var entry = new ViewEvent.Obeyed(tally.commands(), atSeq, command.kind(), answer.objects(), answer.missing(),
                question, answer.tokens(), answer.refusal());
        return new Decision<>(after.with(after.held().with(tally)),
                Stream.concat(Stream.of(new ViewEffect.Journal(entry)), answer.decision().effects().stream()).toList(),
                answer.decision().counts());
    }

    private Answer restore(ViewState state, Named named, Policy policy) {
        return none(state, named).orElseGet(() -> restoring.restore(state, named, policy));
    }

    /** Shows less of objects at once, whatever has kept them in view until now. */
    private Answer release(ViewState state, Named named, Fidelity level, Policy policy) {
        List<Found> held = named.found().stream().filter(one -> canRelease(state, one, policy)).toList();
        List<String> missing = Stream.concat(named.missing().stream(),
                named.found().stream().filter(one -> !held.contains(one)).map(Found::id)).toList();
        if (held.isEmpty()) {
            return none(state, named)
                    .orElseGet(() -> Answer.refused(state, Refusal.NOT_HELD, missing, 0));
        }
        ViewState next = state;
        Map<String, Fidelity> released = new HashMap<>();
        boolean changes = false;
        for (Found one : held) {
            // A segment stands for what it has passed; nothing else has to.
            Fidelity to = one.seq() <= state.shown().watermark() ? Fidelity.EVICTED : level;
            released.put(one.id(), to);
            changes |= isSeenAbove(state, one, to);
            next = next.with(next.turns().unpin(one.seq()), next.totals())
                    .with(next.shown().without(one.id())).with(next.held()
                            .map(object -> object.id().equals(one.id())
                                    ? object.with(object.state().release())
                                    : object));
        }
        Decision<ViewState, ViewEffect> decision = changes
                ? rewriting.releasing(next, released, state.tokensInView(), policy)
                : Decision.unchanged(next);
        return Answer.done(decision, held.stream().map(Found::id).toList(), missing,
                Math.max(0, state.tokensInView() - decision.state().tokensInView()));
    }

    private static boolean canRelease(ViewState state, Found one, Policy policy) {
        boolean passed = one.seq() <= state.shown().watermark();
        boolean held = state.held().find(one.id()).isPresent() && (passed || state.policy(policy).grades());
        return held || (passed && state.turns().isPinned(one.seq()));
    }

    private static boolean isSeenAbove(ViewState state, Found one, Fidelity to) {
        return state.shown().repeats(one.id())
                || state.held().find(one.id()).filter(object -> to.isBelow(object.shown())).isPresent()
                || (state.turns().isPinned(one.seq()) && state.shown().carries(one.seq()));
    }

    /** What is pinned is shown in full from the next epoch on. An object that is not held is pinned with its turn. */
    private static Answer pin(ViewState state, Map<String, String> arguments, Texts texts) {
        List<String> ids = Named.ids(arguments);
        OptionalLong seq = Named.seq(arguments);
        if (ids.isEmpty() && !arguments.containsKey("seq")) {
            return Answer.refused(state, Refusal.NOT_UNDERSTOOD);
        }
        ViewState next = state;
        List<String> pinned = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            ViewState before = next;
            Optional<ViewState> after = before.held().find(id)
                    .map(object -> before.with(before.held().replace(object.with(object.state().keep()))))
                    .or(() -> texts.seqOf(id).isPresent()
                            ? before.turns().pin(texts.seqOf(id).getAsLong())
                                    .map(turns -> before.with(turns, before.totals()))
                            : Optional.empty());
            (after.isPresent() ? pinned : missing).add(id);
            next = after.orElse(before);
        }
        Optional<ViewState> withTurn = seq.isPresent() ? pinTurn(next, seq.getAsLong()) : Optional.empty();
        if (pinned.isEmpty() && withTurn.isEmpty()) {
            return Answer.refused(state, Refusal.NOT_FOUND, missing, 0);
        }
        withTurn.stream().flatMap(after -> after.held().objects().stream())
                .filter(object -> object.seq() == seq.orElse(-1)).map(HeldObject::id).forEach(pinned::add);
        return Answer.done(Decision.unchanged(withTurn.orElse(next)), pinned, missing, 0);
    }

    private static Optional<ViewState> pinTurn(ViewState state, long seq) {
        return state.turns().pin(seq).map(turns -> state.with(turns, state.totals()).with(state.held()
                .map(object -> object.seq() == seq ? object.with(object.state().keep()) : object)));
    }

    /** A question has been answered already; that it was asked says what is in use. */
    private static Answer ask(ViewState state, Map<String, String> arguments) {
        List<String> found = Named.ids(arguments);
        if (arguments.getOrDefault("question", "").isBlank()) {
            return Answer.refused(state, Refusal.NOT_UNDERSTOOD);
        }
        HeldObjects held = state.held();
        HeldObjects used = held
                .map(object -> found.contains(object.id()) ? object.used(held.calls()) : object)
                .with(held.tally().question());
        return Answer.done(Decision.unchanged(state.with(used)), found, List.of(), tokens(arguments));
    }

    private static long tokens(Map<String, String> arguments) {
        try {
            return Math.max(0, Long.parseLong(arguments.getOrDefault("tokens", "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<Answer> none(ViewState state, Named named) {
        if (!named.understood()) {
            return Optional.of(Answer.refused(state, Refusal.NOT_UNDERSTOOD));
        }
        return named.found().isEmpty()
                ? Optional.of(Answer.refused(state, Refusal.NOT_FOUND, named.missing(), 0))
                : Optional.empty();
    }
}
