package io.mnemosyne.schemas.topics;

import java.time.Duration;
import java.util.List;

import org.apache.avro.Schema;

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
import io.mnemosyne.schemas.topics.Topic.Cleanup;

/** The catalogue: every topic of the pipeline. Topics are created and validated from it, and its documentation is too. */
public final class Topics {
    /** Partitions of every topic. Another number would put a thread's rows of two topics on different partitions. */
    public static final int PARTITIONS = 6;
    private static final int MIB = 1024 * 1024;
    private static final String THREAD = "tenant/thread";

    public static final Topic TURNS_RAW = expiring("turns.raw", TurnsRawEnvelope.getClassSchema(), Duration.ofDays(7))
            .largest(16 * MIB)
            .writer("producers")
            .readers("ingest")
            .purged()
            .purpose("Turns as agents send them, until ingest has taken them.");
    public static final Topic COMMANDS = expiring("commands", CommandsEnvelope.getClassSchema(), Duration.ofDays(7))
            .writer("producers, context (compact)")
            .readers("ingest")
            .purged()
            .purpose("Instructions about threads: delete, policy, edit, pin, release, restore, query, usage, compact.");
    public static final Topic TURNS = compacted("turns", TurnsEnvelope.getClassSchema())
            .key("tenant/thread#<incarnation>.t<seq>, .c<partition>-<offset>, .s<partition>-<offset>")
            .writer("ingest")
            .readers("observer", "context", "index-sink", "context-service (compact)")
            .purpose("Turns and commands of a thread in one order; one record for each raw record.");
    public static final Topic OBJECTS = compacted("objects", ObjectsEnvelope.getClassSchema())
            .key("tenant/thread#<incarnation>.<objectId>")
            .writer("ingest")
            .readers("index-sink")
            .purpose("Semantic objects cut from turns, with their text.");
    public static final Topic BLOBS = compacted("blobs", BlobsEnvelope.getClassSchema())
            .key("tenant/thread#<sha256>")
            .largest(16 * MIB)
            .writer("ingest")
            .readers("context", "index-sink")
            .purpose("Texts too large for a turn, under their hash.");
    public static final Topic VECTORS = compacted("vectors", VectorsEnvelope.getClassSchema())
            .key("tenant/thread#<incarnation>.<row>, as in objects or memory")
            .writer("index-sink")
            .readers("context", "index-sink")
            .purpose("Embeddings of objects and segments.");
    public static final Topic MEMORY = compacted("memory", MemoryEnvelope.getClassSchema())
            .key("tenant/thread#<incarnation>.o<from>, .r<segment>, .p<version>, .c<offset>")
            .writer("observer (observed, control), reflector (reflected, state)")
            .readers("reflector", "context", "index-sink")
            .purpose("The journal of a thread's memory; offset order is its order.");
    public static final Topic VIEW = compacted("view", ViewEnvelope.getClassSchema())
            .key("tenant/thread#<incarnation>.e<epoch>, .f<fault>, .g<regrouping>, .c<command>")
            .writer("context")
            .purpose(
                    "The journal of a thread's prompt: what it shows since when, what was missed, asked for or let go, what belongs together.");
    public static final Topic COMPLETIONS = compacted("completions", CompletionsEnvelope.getClassSchema())
            .key("tenant/thread#<requestHash>")
            .writer("workers")
            .readers("workers")
            .purpose("Recorded model calls; a repeated request is answered from here.");
    public static final Topic OBSERVER_REQUESTS = expiring("observer.requests",
            ObserverRequestsEnvelope.getClassSchema(), Duration.ofDays(2))
            .writer("observer")
            .readers("workers")
            .purpose("Ranges of turns to observe, and which threads to forget.");
    public static final Topic OBSERVER_RESULTS = expiring("observer.results", ObserverResultsEnvelope.getClassSchema(),
            Duration.ofDays(2))
            .writer("workers; observer (expired, idle)")
            .readers("observer")
            .purpose("What became of them.");
    public static final Topic REFLECTOR_REQUESTS = expiring("reflector.requests",
            ReflectorRequestsEnvelope.getClassSchema(), Duration.ofDays(2))
            .writer("reflector")
            .readers("workers")
            .purpose("Segments to reflect on, and which threads to forget.");
    public static final Topic REFLECTOR_RESULTS = expiring("reflector.results",
            ReflectorResultsEnvelope.getClassSchema(), Duration.ofDays(2))
            .writer("workers; reflector (expired)")
            .readers("reflector")
            .purpose("What became of them.");
    public static final Topic SUMMARIZER_REQUESTS = expiring("summarizer.requests",
            SummarizerRequestsEnvelope.getClassSchema(), Duration.ofDays(2))
            .writer("context")
            .readers("workers")
            .purpose("Objects to write a shorter form of, and which threads to forget.");
    public static final Topic SUMMARIZER_RESULTS = expiring("summarizer.results",
            SummarizerResultsEnvelope.getClassSchema(), Duration.ofDays(2))
            .writer("workers")
            .readers("context")
            .purpose("What became of them.");
    public static final Topic SPANS_RAW = expiring("spans.raw", SpansRawEnvelope.getClassSchema(), Duration.ofDays(7))
            .key("tenant/traceId")
            .largest(16 * MIB)
            .writer("agents")
            .readers("trace-sink")
            .purged()
            .purpose("Steps of agents as they send them, until they are read.");
    public static final Topic SPANS = expiring("spans", SpansEnvelope.getClassSchema(), Duration.ofDays(7))
            .key("tenant/traceId; where only a thread is known, its home")
            .largest(16 * MIB)
            .writer("every stage; the service for agents")
            .readers("trace-sink")
            .purpose("Timed steps of agents and of the pipeline, and to which trace a thread belongs.");
    public static final Topic SPANS_FINISHED = expiring("spans.finished", SpansFinishedEnvelope.getClassSchema(),
            Duration.ofDays(7))
            .key("tenant/traceId")
            .largest(16 * MIB)
            .writer("trace-sink")
            .readers("trace-sink")
            .purpose("Each finished step once, in its trace.");
    public static final Topic REJECTED = expiring("rejected", RejectedEnvelope.getClassSchema(), Duration.ofDays(30))
            .writer("ingest")
            .purpose("Raw records that are no valid events: reason, hash and position, never the body.");
    public static final Topic INDEX_DEAD_LETTERS = expiring("index.dead-letters",
            IndexDeadLettersEnvelope.getClassSchema(), Duration.ofDays(30))
            .key("that of the source record")
            .writer("index-sink")
            .purpose("Records that the search index could not take: reason, hash and position, never the body.");
    public static final Topic TRACE_DEAD_LETTERS = expiring("trace.dead-letters",
            TraceDeadLettersEnvelope.getClassSchema(), Duration.ofDays(30))
            .key("that of the source record")
            .writer("trace-sink")
            .purpose("Spans that a trace backend could not take: reason, hash and position, never the body.");

    private static final List<Topic> ALL = List.of(TURNS_RAW, COMMANDS, TURNS, OBJECTS, BLOBS, VECTORS, MEMORY, VIEW,
            COMPLETIONS, OBSERVER_REQUESTS, OBSERVER_RESULTS, REFLECTOR_REQUESTS, REFLECTOR_RESULTS,
            SUMMARIZER_REQUESTS, SUMMARIZER_RESULTS, SPANS_RAW, SPANS, SPANS_FINISHED, REJECTED, INDEX_DEAD_LETTERS,
            TRACE_DEAD_LETTERS);

    private Topics() {
    }

    /** Every topic, in the order of the data flow. */
    public static List<Topic> all() {
        return ALL;
    }

    private static Draft compacted(String name, Schema schema) {
        return new Draft(name, schema, Cleanup.COMPACT, Duration.ZERO);
    }

    private static Draft expiring(String name, Schema schema, Duration retention) {
        return new Draft(name, schema, Cleanup.DELETE, retention);
    }

    /** Lets an entry be read as a sentence; {@link #purpose} ends it. */
    private static final class Draft {
        private final String name;
        private final String schema;
        private final Cleanup cleanup;
        private final Duration retention;
        private String key = THREAD;
        private boolean purged;
        private int maxBytes = MIB;
        private String writer = "";
        private List<String> readers = List.of();

        private Draft(String name, Schema schema, Cleanup cleanup, Duration retention) {
            this.name = name;
            this.schema = SchemaText.of(schema);
            this.cleanup = cleanup;
            this.retention = retention;
        }

        private Draft key(String form) {
            key = form;
            return this;
        }

        private Draft largest(int bytes) {
            maxBytes = bytes;
            return this;
        }

        private Draft writer(String stage) {
            writer = stage;
            return this;
        }

        private Draft readers(String... stages) {
            readers = List.of(stages);
            return this;
        }

        private Draft purged() {
            purged = true;
            return this;
        }

        private Topic purpose(String line) {
            return new Topic(name, key, schema, PARTITIONS, cleanup, retention, purged, maxBytes, writer, readers,
                    line);
        }
    }
}
