package io.mnemosyne.replay.machines;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.RequestSize;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.core.view.ViewState;

/** The view of one thread, with the rows that its topology keeps. */
final class ViewStage {
    private final ThreadKey thread;
    private final View view;
    private final Policy policy;
    private final KeptRows rows;
    private final Tape tape;
    private final Consumer<ViewRecord> journal;

    ViewStage(ThreadKey thread, View view, Policy policy, KeptRows rows, Tape tape,
            Consumer<ViewRecord> journal) {
        this.thread = thread;
        this.view = view;
        this.policy = policy;
        this.rows = rows;
        this.tape = tape;
        this.journal = journal;
    }

    /** @param at when the record was written that told it */
    void read(ViewInput input, Instant at) {
        Decision<ViewState, ViewEffect> decision = view.decide(rows.head(), input, policy, rows);
        for (ViewEffect effect : decision.effects()) {
            switch (effect) {
                case ViewEffect.KeepTurn(var turn) -> rows.keep(turn);
                case ViewEffect.KeepSegment(var segment) -> rows.keep(segment);
                case ViewEffect.DropSegments(List<String> ids) -> ids.forEach(rows::dropSegment);
                case ViewEffect.KeepState(var state) -> rows.keep(state);
                case ViewEffect.DropState(long version) -> rows.dropState(version);
                case ViewEffect.Journal(ViewEvent event) -> journal
                        .accept(new ViewRecord(thread, decision.state().incarnation(), event));
                case ViewEffect.KeepForms(String object, var forms) -> rows.keep(object, forms);
                case ViewEffect.DropForms(List<String> objects) -> objects.forEach(rows::dropForms);
                case ViewEffect.Summarize ask -> rows
                        .clipped(ask.object(), ask.seq(), Math.toIntExact(RequestSize.maxBytes(policy)))
                        .ifPresent(cut -> tape.add(new SummaryRequest(ask.requestId(), thread,
                                decision.state().incarnation(), ask.attempt(), at.plus(Observer.LEASE), cut.getKey(),
                                ask.fidelity(), ask.targetTokens(), cut.getValue())));
                case ViewEffect.Compact(var asked) -> tape
                        .add(asked.command(thread, decision.state().incarnation(), at));
                case ViewEffect.Forget _ -> rows.forget();
            }
        }
        rows.keep(decision.state());
    }
}
