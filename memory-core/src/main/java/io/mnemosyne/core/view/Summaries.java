package io.mnemosyne.core.view;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.fidelity.Sizes;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.fidelity.SummaryResult.Expired;
import io.mnemosyne.core.fidelity.SummaryResult.Failed;
import io.mnemosyne.core.fidelity.SummaryResult.Summarized;

/**
 * Asks for better texts than excerpts, one at a time, and takes them in. The excerpt is in view all the while, so that
 * nothing waits for a model; a summary is shown from the next epoch on.
 */
final class Summaries {
    static final String KEPT = "summary.kept";
    static final String STALE_SUMMARY = "summary.stale";
    static final String REFUSED = "summary.refused";
    static final String FAILED = "summary.failed";
    static final String LOST = "summary.lost";
    /** Smaller objects are hardly told better by a model than by their lines, and not worth its price, tokens. */
    private static final long WORTH_ASKING = 1_000;
    private static final int MOST_ATTEMPTS = 2;
    /** A request that is not answered within so many turns is lost; the excerpt goes on standing in for its text. */
    private static final long LOST_AFTER = 200;

    private final Shortening shortening;

    Summaries(Shortening shortening) {
        this.shortening = shortening;
    }

    /** Asks for the next text that is worth it, unless one is awaited. */
    Decision<ViewState, ViewEffect> askIfDue(ThreadKey thread, ViewState state, Policy policy) {
        if (!policy.grades() || !policy.fidelity().summaries()) {
            return Decision.unchanged(state);
        }
        if (state.asked().isPresent()) {
            boolean lost = state.turns().nextSeq() - state.asked().get().atSeq() > LOST_AFTER;
            return lost
                    ? Decision.<ViewState, ViewEffect>unchanged(state.waitingFor(Optional.empty())).count(LOST)
                    : Decision.unchanged(state);
        }
        return state.held().objects().stream().filter(Summaries::isWorthAsking).findFirst()
                .map(object -> ask(state, first(thread, state, object)))
                .orElseGet(() -> Decision.unchanged(state));
    }

    private static boolean isWorthAsking(HeldObject object) {
        boolean summarized = object.shown() == Fidelity.DETAILED || object.shown() == Fidelity.COMPACT;
        return summarized && !object.state().asked() && !object.state().stale()
                && object.sizes().full() >= WORTH_ASKING;
    }

    private static Asked first(ThreadKey thread, ViewState state, HeldObject object) {
        String id = Sha256.id("summary", thread.toString(), Long.toString(state.incarnation()), object.id(),
                object.shown().name());
        return new Asked(id, 1, object.id(), object.shown(), state.turns().nextSeq());
    }

    private static Decision<ViewState, ViewEffect> ask(ViewState state, Asked asked) {
        HeldObject object = state.held().find(asked.object()).orElseThrow();
        HeldObjects held = state.held().replace(object.with(object.state().summaryAsked()));
        return Decision.of(state.with(held).waitingFor(Optional.of(asked)),
                List.of(new ViewEffect.Summarize(asked.requestId(), asked.attempt(), object.id(), object.seq(),
                        asked.fidelity(), object.sizes().at(asked.fidelity()))));
    }

    /** Takes in what became of a request. */
    Decision<ViewState, ViewEffect> answer(ViewState state, SummaryResult result, Texts texts) {
        Optional<Asked> awaited = state.asked().filter(asked -> isAnsweredBy(asked, result));
        if (awaited.isEmpty()) {
            return Decision.<ViewState, ViewEffect>unchanged(state).count(STALE_SUMMARY);
        }
        Asked asked = awaited.get();
        ViewState free = state.waitingFor(Optional.empty());
        return switch (result.outcome()) {
            case Summarized summary -> state.held().find(asked.object())
                    .flatMap(object -> kept(free, object, asked, summary, texts))
                    .orElseGet(() -> Decision.<ViewState, ViewEffect>unchanged(free).count(REFUSED));
            case Failed failed when failed.retryable() -> again(free, asked);
            case Failed _ -> Decision.<ViewState, ViewEffect>unchanged(free).count(FAILED);
            case Expired _ -> again(free, asked);
        };
    }

    /** Paid work applies whichever attempt it is of; a failure is news only about the latest one. */
    private static boolean isAnsweredBy(Asked asked, SummaryResult result) {
        return asked.requestId().equals(result.requestId())
                && (result.outcome() instanceof Summarized || asked.attempt() == result.attempt());
    }

    private static Decision<ViewState, ViewEffect> again(ViewState free, Asked asked) {
        boolean worth = asked.attempt() < MOST_ATTEMPTS && free.held().find(asked.object()).isPresent();
        return worth
                ? ask(free, new Asked(asked.requestId(), asked.attempt() + 1, asked.object(), asked.fidelity(),
                        free.turns().nextSeq()))
                : Decision.<ViewState, ViewEffect>unchanged(free).count(FAILED);
    }

    private Optional<Decision<ViewState, ViewEffect>> kept(ViewState free, HeldObject object, Asked asked,
            Summarized summary, Texts texts) {
        return texts.of(object.id(), object.seq()).flatMap(original -> {
            Optional<Form> form = shortening.summary(original.object(), original.text(), asked.fidelity(),
                    summary.text(), summary.losses());
            return form.map(text -> {
                Forms forms = original.object().forms()
                        .orElseGet(() -> shortening.of(original.object(), original.text()))
                        .with(asked.fidelity(), text);
                HeldObject next = object.withNext(Sizes.of(object.sizes().full(), forms));
                return Decision.of(free.with(free.held().replace(next)),
                        List.<ViewEffect>of(new ViewEffect.KeepForms(next.nextForms(), forms))).count(KEPT);
            });
        });
    }
}
