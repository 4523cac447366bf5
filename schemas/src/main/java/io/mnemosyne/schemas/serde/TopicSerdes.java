package io.mnemosyne.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

import io.mnemosyne.avro.BlobsEnvelope;
import io.mnemosyne.avro.CommandsEnvelope;
import io.mnemosyne.avro.CompletionsEnvelope;
import io.mnemosyne.avro.IndexDeadLettersEnvelope;
import io.mnemosyne.avro.MemoryEnvelope;
import io.mnemosyne.avro.ObjectsEnvelope;
import io.mnemosyne.avro.ObserverRequestsEnvelope;
import io.mnemosyne.avro.ObserverResultsEnvelope;
import io.mnemosyne.avro.ReflectorRequestsEnvelope;
import io.mnemosyne.avro.ReflectorResultsEnvelope;
import io.mnemosyne.avro.RejectedEnvelope;
import io.mnemosyne.avro.SpansEnvelope;
import io.mnemosyne.avro.SpansFinishedEnvelope;
import io.mnemosyne.avro.SpansRawEnvelope;
import io.mnemosyne.avro.SummarizerRequestsEnvelope;
import io.mnemosyne.avro.SummarizerResultsEnvelope;
import io.mnemosyne.avro.TraceDeadLettersEnvelope;
import io.mnemosyne.avro.TurnsEnvelope;
import io.mnemosyne.avro.TurnsRawEnvelope;
import io.mnemosyne.avro.VectorsEnvelope;
import io.mnemosyne.avro.ViewEnvelope;
import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Rejection;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.schemas.mapping.BlobsMapping;
import io.mnemosyne.schemas.mapping.CommandsMapping;
import io.mnemosyne.schemas.mapping.CompletionsMapping;
import io.mnemosyne.schemas.mapping.DeadLettersMapping;
import io.mnemosyne.schemas.mapping.Mapping;
import io.mnemosyne.schemas.mapping.MemoryMapping;
import io.mnemosyne.schemas.mapping.ObjectsMapping;
import io.mnemosyne.schemas.mapping.ObserverRequestsMapping;
import io.mnemosyne.schemas.mapping.ObserverResultsMapping;
import io.mnemosyne.schemas.mapping.ReflectorRequestsMapping;
import io.mnemosyne.schemas.mapping.ReflectorResultsMapping;
import io.mnemosyne.schemas.mapping.RejectedMapping;
import io.mnemosyne.schemas.mapping.SpansFinishedMapping;
import io.mnemosyne.schemas.mapping.SpansMapping;
import io.mnemosyne.schemas.mapping.SpansRawMapping;
import io.mnemosyne.schemas.mapping.SummarizerRequestsMapping;
import io.mnemosyne.schemas.mapping.SummarizerResultsMapping;
import io.mnemosyne.schemas.mapping.TraceDeadLettersMapping;
import io.mnemosyne.schemas.mapping.TurnsMapping;
import io.mnemosyne.schemas.mapping.TurnsRawMapping;
import io.mnemosyne.schemas.mapping.VectorsMapping;
import io.mnemosyne.schemas.mapping.ViewMapping;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * The serdes of all topics. A serde belongs to its topic: the subject is the topic's, even where its values go through a
 * changelog. Null is a tombstone both ways.
 *
 * <p>Serdes are thread-safe and need no configuring. Reading throws a
 * {@link org.apache.kafka.common.errors.SerializationException} for a record that is at fault and a
 * {@link SchemaLookupException} where the registry is.
 */
public final class TopicSerdes {
    private final SchemaIds ids;
    private final TopicNames names;

    public TopicSerdes(SchemaIds ids, TopicNames names) {
        this.ids = ids;
        this.names = names;
    }

    public Serde<RawTurn> rawTurns() {
        return of(Topics.TURNS_RAW, TurnsRawEnvelope.class, new TurnsRawMapping());
    }

    public Serde<Command> commands() {
        return of(Topics.COMMANDS, CommandsEnvelope.class, new CommandsMapping());
    }

    public Serde<TurnsRecord> turns() {
        return of(Topics.TURNS, TurnsEnvelope.class, new TurnsMapping());
    }

    public Serde<ObjectRecord> objects() {
        return of(Topics.OBJECTS, ObjectsEnvelope.class, new ObjectsMapping());
    }

    public Serde<Blob> blobs() {
        return of(Topics.BLOBS, BlobsEnvelope.class, new BlobsMapping());
    }

    public Serde<EmbeddingVector> vectors() {
        return of(Topics.VECTORS, VectorsEnvelope.class, new VectorsMapping());
    }

    public Serde<MemoryRecord> memory() {
        return of(Topics.MEMORY, MemoryEnvelope.class, new MemoryMapping());
    }

    public Serde<ViewRecord> view() {
        return of(Topics.VIEW, ViewEnvelope.class, new ViewMapping());
    }

    public Serde<CompletionRow> completions() {
        return of(Topics.COMPLETIONS, CompletionsEnvelope.class, new CompletionsMapping());
    }

    public Serde<WorkerRequest<ObservationRequest>> observationRequests() {
        return of(Topics.OBSERVER_REQUESTS, ObserverRequestsEnvelope.class, new ObserverRequestsMapping());
    }

    public Serde<ObservationResult> observationResults() {
        return of(Topics.OBSERVER_RESULTS, ObserverResultsEnvelope.class, new ObserverResultsMapping());
    }

    public Serde<WorkerRequest<ReflectionRequest>> reflectionRequests() {
        return of(Topics.REFLECTOR_REQUESTS, ReflectorRequestsEnvelope.class, new ReflectorRequestsMapping());
    }

    public Serde<ReflectionResult> reflectionResults() {
        return of(Topics.REFLECTOR_RESULTS, ReflectorResultsEnvelope.class, new ReflectorResultsMapping());
    }

    public Serde<WorkerRequest<SummaryRequest>> summaryRequests() {
        return of(Topics.SUMMARIZER_REQUESTS, SummarizerRequestsEnvelope.class, new SummarizerRequestsMapping());
    }

    public Serde<SummaryResult> summaryResults() {
        return of(Topics.SUMMARIZER_RESULTS, SummarizerResultsEnvelope.class, new SummarizerResultsMapping());
    }

    public Serde<Rejection> rejected() {
        return of(Topics.REJECTED, RejectedEnvelope.class, new RejectedMapping());
    }

    public Serde<DeadLetter> deadLetters() {
        return of(Topics.INDEX_DEAD_LETTERS, IndexDeadLettersEnvelope.class, new DeadLettersMapping());
    }

    public Serde<SpanRecord> rawSpans() {
        return of(Topics.SPANS_RAW, SpansRawEnvelope.class, new SpansRawMapping());
    }

    public Serde<SpanRecord> spans() {
        return of(Topics.SPANS, SpansEnvelope.class, new SpansMapping());
    }

    public Serde<PlacedSpan> finishedSpans() {
        return of(Topics.SPANS_FINISHED, SpansFinishedEnvelope.class, new SpansFinishedMapping());
    }

    public Serde<RefusedSpan> traceDeadLetters() {
        return of(Topics.TRACE_DEAD_LETTERS, TraceDeadLettersEnvelope.class, new TraceDeadLettersMapping());
    }

    private <T, A extends SpecificRecord> Serde<T> of(Topic topic, Class<A> envelope, Mapping<T, A> mapping) {
        Contract<T, A> contract = new Contract<>(topic, names.subjectOf(topic), envelope, mapping);
        return Serdes.serdeFrom(new EnvelopeSerializer<>(contract, ids), new EnvelopeDeserializer<>(contract, ids));
    }
}
