package io.mnemosyne.context;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.RequestSize;
import io.mnemosyne.core.view.Texts;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.core.view.ViewState;

/** Turns effects of the view into rows of the stores and records of the topics, in their order. */
final class EffectRunner {
    /** After this an answer is not waited for any more. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private final ProcessorContext<String, @Nullable Object> context;
    private final Policy policy;
    private final ThreadRows rows;
    private final ObjectTexts texts;
    private final Counters counters;

    private EffectRunner(ProcessorContext<String, @Nullable Object> context, Policy policy, Counters counters) {
        this.context = context;
        this.policy = policy;
        this.counters = counters;
        rows = ThreadRows.of(context);
        ReadOnlyKeyValueStore<String, Blob> blobs = context.getStateStore(ContextTopology.BLOBS);
        texts = new ObjectTexts(
                (thread, sha256) -> Optional.ofNullable(blobs.get(RowKeys.blob(thread, sha256))));
    }

    static EffectRunner in(ProcessorContext<String, @Nullable Object> context, Policy policy, Counters counters) {
        return new EffectRunner(context, policy, counters);
    }

    /** @param timestamp of the record that caused the decision, milliseconds since 1970 */
    void run(ThreadKey thread, Decision<ViewState, ViewEffect> decision, long timestamp) {
        decision.effects().forEach(effect -> apply(thread, decision.state(), effect, timestamp));
    }

    private void apply(ThreadKey thread, ViewState after, ViewEffect effect, long timestamp) {
        long incarnation = after.incarnation();
        switch (effect) {
            case ViewEffect.KeepTurn(var turn) -> rows.keep(thread, turn);
            case ViewEffect.KeepSegment(var segment) -> rows.keep(thread, segment);
            case ViewEffect.DropSegments(var ids) -> ids.forEach(id -> rows.dropSegment(thread, id));
            case ViewEffect.KeepState(var state) -> rows.keep(thread, state);
            case ViewEffect.DropState(long version) -> rows.dropState(thread, version);
            case ViewEffect.KeepForms(String name, var forms) -> rows.keep(thread, name, forms);
            case ViewEffect.DropForms(var names) -> names.forEach(name -> rows.dropForms(thread, name));
            case ViewEffect.Summarize ask -> summarize(thread, incarnation, ask, timestamp);
            case ViewEffect.Compact(var asked) -> context.forward(new Record<>(thread.toString(),
                    asked.command(thread, incarnation, Instant.ofEpochMilli(timestamp)), timestamp),
                    ContextTopology.TO_COMMANDS);
            case ViewEffect.Journal(ViewEvent event) -> {
                write(JournalKeys.of(thread, incarnation, event), new ViewRecord(thread, incarnation, event),
                        timestamp);
                JournalCounts.of(event).forEach(name -> counters.count(thread, name));
                Histories.of(event, after).forEach((object, note) -> rows.note(thread, object, note, after));
            }
            case ViewEffect.Forget old -> {
                rows.forget(thread);
                JournalKeys.all(thread, old).forEach(key -> write(key, null, timestamp));
                if (policy.fidelity().summaries()) { // whoever asks nothing has nothing to take back
                    tellWorkers(thread, new WorkerRequest.Forget<>(thread, incarnation), timestamp);
                }
            }
        }
    }

    private void summarize(ThreadKey thread, long incarnation, ViewEffect.Summarize ask, long timestamp) {
        int maxBytes = Math.toIntExact(RequestSize.maxBytes(policy));
        rows.turn(thread, ask.seq()).map(SizedTurn::turn)
                .flatMap(turn -> ObjectTexts.descriptor(ask.object(), turn)
                        .flatMap(object -> texts.of(object, turn, maxBytes)
                                .map(content -> new SummaryRequest(ask.requestId(), thread, incarnation, ask.attempt(),
                                        Instant.ofEpochMilli(timestamp).plus(LEASE), object, ask.fidelity(),
                                        ask.targetTokens(), content))))
                .ifPresentOrElse(
                        request -> {
                            tellWorkers(thread, new WorkerRequest.Ask<>(request), timestamp);
                            counters.count(thread, "summary.asked");
                        },
                        () -> counters.count(thread, "summary.without-text"));
    }

    /** The texts of a thread's objects, as far as they have arrived. */
    Texts texts(ThreadKey thread) {
        return new RowTexts(thread, rows, texts);
    }

    private void write(String key, @Nullable ViewRecord entry, long timestamp) {
        context.forward(new Record<>(key, entry, timestamp), ContextTopology.TO_VIEW);
    }

    private void tellWorkers(ThreadKey thread, WorkerRequest<SummaryRequest> told, long timestamp) {
        context.forward(new Record<>(thread.toString(), told, timestamp), ContextTopology.TO_REQUESTS);
    }
}
