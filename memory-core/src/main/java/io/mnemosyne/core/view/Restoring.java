package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.assemble.Restored;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.Named.Found;
import io.mnemosyne.core.view.Obeying.Answer;
import io.mnemosyne.core.view.ViewEvent.Refusal;

/**
 * Brings objects back in full: at once at the end of the prompt, and in their places from the next epoch on, in front of
 * whatever else could be shown shorter.
 */
final class Restoring {
    private final Rewriting rewriting;
    private final Shortening shortening;
    private final TokenCounter counter;

    Restoring(Rewriting rewriting, Shortening shortening, TokenCounter counter) {
        this.rewriting = rewriting;
        this.shortening = shortening;
        this.counter = counter;
    }

    /** All that is named and there, or nothing. */
    Answer restore(ViewState state, Named named, Policy policy) {
        ViewState next = state;
        List<ViewEffect> rows = new ArrayList<>();
        for (Found one : named.found()) {
            boolean forgotten = isPassed(state, one) && next.held().find(one.id()).isEmpty();
            if (forgotten && next.held().objects().size() >= TakingIn.MOST_HELD) {
                return Answer.refused(state, Refusal.TOO_MANY, ids(named), 0);
            }
            if (forgotten && isAlwaysInFull(one)) {
                next = next.with(next.turns().pin(one.seq(), one.turn().tokens()), next.totals());
            } else if (forgotten) {
                Forms forms = forms(one);
                HeldObject again = heldAgain(next, one, forms);
                rows.add(new ViewEffect.KeepForms(again.forms(), forms));
                next = next.with(next.held().again(again));
            }
            next = bringBack(next, one);
        }
        ViewState appended = next;
        long tokens = appended.shown().restored().stream().mapToLong(RestoredObject::tokens).sum()
                - state.shown().restored().stream().mapToLong(RestoredObject::tokens).sum();
        Optional<Decision<ViewState, ViewEffect>> decision = tokens == 0
                ? Optional.of(Decision.unchanged(appended))
                : rewriting.afterAppending(appended, policy);
        return decision.map(made -> Answer.done(
                new Decision<>(made.state(), Stream.concat(rows.stream(), made.effects().stream()).toList(),
                        made.counts()),
                named.found().stream().map(Found::id).toList(), named.missing(), tokens))
                .orElseGet(() -> Answer.refused(state, Refusal.NO_ROOM, ids(named),
                        rewriting.least(appended, policy)));
    }

    private static List<String> ids(Named named) {
        return Stream.concat(named.found().stream().map(Found::id), named.missing().stream()).toList();
    }

    /** Whether a segment stands for it. */
    private static boolean isPassed(ViewState state, Found one) {
        return one.seq() <= state.shown().watermark() && one.turn().turn().role() != Role.SYSTEM;
    }

    /** The words of a user are never shown shorter, so their turn is pinned as a whole. */
    private static boolean isAlwaysInFull(Found one) {
        return one.turn().turn().isByUser() || one.object().part() < 0;
    }

    private static HeldObject heldAgain(ViewState state, Found one, Forms forms) {
        HeldObject again = HeldObject.of(one.object(), one.turn().tokens(), text(one), forms, state.held().calls(),
                false);
        return state.shown().carries(one.seq()) ? again : again.shownAt(Fidelity.EVICTED, state.held().calls());
    }

    private Forms forms(Found one) {
        SemanticObject object = one.object();
        return object.forms().orElseGet(() -> shortening.of(object, text(one)));
    }

    /** All of it, or the excerpt of a large one, whose forms come with it. */
    private static String text(Found one) {
        return one.turn().turn().parts().get(one.object().part()).content().shown();
    }

    private ViewState bringBack(ViewState state, Found one) {
        Optional<HeldObject> held = state.held().find(one.id());
        ViewState next = held.map(object -> state.with(state.held()
                .replace(object.with(object.state().restore()).used(state.held().calls())))).orElse(state);
        boolean full = held.map(object -> object.shown() == Fidelity.FULL)
                .orElse(!isPassed(state, one) || state.shown().carries(one.seq()));
        if (full || state.shown().repeats(one.id())) {
            return next;
        }
        long after = state.turns().nextSeq() - 1;
        Restored copy = Restored.of(one.object(), one.turn().turn(), after, counter);
        return next.with(next.shown().and(new RestoredObject(one.id(), one.seq(), after, copy.tokens())));
    }
}
