package io.mnemosyne.context;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.core.view.ViewState;

/** Loads the head, lets the view decide, keeps rows and head, forwards the journal. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class FoldProcessor implements Processor<String, ViewInput, String, ViewRecord> {
    private final View view;
    private final Policy policy;
    private ProcessorContext<String, ViewRecord> context;
    private KeyValueStore<String, ViewState> heads;
    private ThreadRows rows;
    private Counters counters;

    FoldProcessor(View view, Policy policy) {
        this.view = view;
        this.policy = policy;
    }

    @Override
    public void init(ProcessorContext<String, ViewRecord> processorContext) {
        context = processorContext;
        heads = context.getStateStore(ContextTopology.HEADS);
        rows = ThreadRows.of(context);
        counters = new Counters(context);
    }

    @Override
    public void process(Record<String, ViewInput> record) {
        ViewInput input = record.value();
        if (input == null) {
            return; // a tombstone: what it takes back was dropped with its incarnation
        }
        ThreadKey thread = input.thread();
        ViewState head = headOf(thread);
        Decision<ViewState, ViewEffect> decision = view.decide(head, input, policy);
        // Rows first: a reader that sees the new head finds them all.
        decision.effects().forEach(effect -> apply(thread, decision.state().incarnation(), effect, record.timestamp()));
        heads.put(thread.toString(), decision.state());
        decision.counts().forEach(counter -> counters.count(thread, counter));
    }

    private ViewState headOf(ThreadKey thread) {
        ViewState head = heads.get(thread.toString());
        return head == null ? ViewState.EMPTY : head;
    }

    private void apply(ThreadKey thread, long incarnation, ViewEffect effect, long timestamp) {
        switch (effect) {
            case ViewEffect.KeepTurn(var turn) -> rows.keep(thread, turn);
            case ViewEffect.KeepSegment(var segment) -> rows.keep(thread, segment);
            case ViewEffect.DropSegments(var ids) -> ids.forEach(id -> rows.dropSegment(thread, id));
            case ViewEffect.KeepState(var state) -> rows.keep(thread, state);
            case ViewEffect.DropState(long version) -> rows.dropState(thread, version);
            case ViewEffect.Journal(ViewEvent event) -> context.forward(new Record<>(JournalKeys.of(thread, incarnation,
                    event), new ViewRecord(thread, incarnation, event), timestamp));
            case ViewEffect.KeepForms(String name, var forms) -> rows.keep(thread, name, forms);
            case ViewEffect.DropForms(var names) -> names.forEach(name -> rows.dropForms(thread, name));
            case ViewEffect.Summarize _ -> {
            }
            case ViewEffect.Forget(long old, long epochs, long faults, long regroupings) -> {
                rows.forget(thread);
                JournalKeys.all(thread, old, epochs, faults, regroupings)
                        .forEach(key -> context.forward(new Record<>(key, null, timestamp)));
            }
        }
    }
}
