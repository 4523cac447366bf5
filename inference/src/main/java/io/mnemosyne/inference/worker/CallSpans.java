package io.mnemosyne.inference.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

import io.mnemosyne.core.Begun;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.ProviderUsage;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanNames;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Tells of calls in spans, each below that of its request. A span that cannot be written is given up and counted: no
 * answer waits for it. Thread-safe.
 */
final class CallSpans {
    private static final double MICROS = 1e6;

    private final Tracing tracing;
    private final Producer<String, byte[]> producer;
    private final Serializer<SpanRecord> spans;
    private final String topic;
    private final Counts counts;

    CallSpans(Tracing tracing, Producer<String, byte[]> producer, TopicSerdes serdes, TopicNames names,
            Counts counts) {
        this.tracing = tracing;
        this.producer = producer;
        this.spans = serdes.spans().serializer();
        this.topic = names.of(Topics.SPANS);
        this.counts = counts;
    }

    /**
     * Tells of a call that is over.
     *
     * @param from when it was taken up, by the clock
     * @param to when its result was written
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
    void tell(Call call, Reply reply, Instant from, Instant to) {
        if (!tracing.on() || reply.told().equals(Reply.Told.NOTHING)) {
            return;
        }
        try {
            SpanRecord span = new SpanRecord(call.thread().tenant(), span(call, reply, from, to));
            producer.send(new ProducerRecord<>(topic, span.key(), spans.serialize(topic, span)), (_, failure) -> {
                if (failure != null) {
                    counts.raise("span.unwritten");
                }
            });
        } catch (KafkaException e) {
            counts.raise("span.unwritten");
        }
    }

    private SpanEvent span(Call call, Reply reply, Instant from, Instant to) {
        Begun begun = call.begun();
        Reply.Told told = reply.told();
        String model = told.paidTo().map(Provenance::model).orElse(begun.model());
        FactsBuilder facts = new FactsBuilder().model(Optional.of(model)).output(told.answer().flatMap(tracing::show))
                .metadata("provider", told.paidTo().map(Provenance::provider).orElse(begun.provider()))
                .metadata("prompt", told.paidTo().map(Provenance::promptVersion).orElse(begun.promptVersion()))
                .metadata("attempt", begun.attempt());
        told.paidTo().flatMap(Provenance::insteadOf).ifPresent(reason -> facts.metadata("instead_of", reason));
        if (told.recorded()) {
            facts.metadata("recorded", "true");
        } else {
            told.paidTo().ifPresent(paid -> facts
                    .usage(ProviderUsage.disjoint(paid.inputTokens(), 0, 0, paid.outputTokens(), 0))
                    .cost(paid.micros() > 0 ? Map.of(ProviderUsage.TOTAL, paid.micros() / MICROS) : Map.of()));
        }
        Place place = new Place.AtTurn(call.thread().thread(), call.incarnation(), call.newestSeq(), Optional
                .of(Request.of(call.stage()).id(call.thread(), call.incarnation(), call.requestId())));
        Outcome outcome = told.failure().map(tracing::error).orElse(Outcome.SUCCESS);
        return new SpanEvent.Finished(place, new Span(TraceIds.step("call", call.thread(), call.incarnation(),
                call.requestId() + "." + begun.attempt()), SpanType.GENERATION, SpanNames.of("chat " + model),
                from.truncatedTo(ChronoUnit.MICROS), (to.isBefore(from) ? from : to).truncatedTo(ChronoUnit.MICROS),
                outcome, facts.build()));
    }
}
