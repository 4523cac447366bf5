package io.mnemosyne.inference.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.completions.Ledger;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** A worker on mock clients, with one partition of observer requests. */
final class WorkerHarness implements AutoCloseable {
    private static final TopicNames NAMES = TopicNames.plain();
    private static final TopicSerdes SERDES = new TopicSerdes(new LocalSchemaIds(), NAMES);
    static final int NUMBER = ThreadPartitioner.partitionOf(Requests.THREAD.toString(), Topics.PARTITIONS);
    private static final TopicPartition REQUESTS = new TopicPartition(Topics.OBSERVER_REQUESTS.name(), NUMBER);

    final ScriptedModel model = new ScriptedModel();
    final MockConsumer<String, byte[]> group = new Group();
    final FakeLog completions = new FakeLog();
    final MockProducer<String, byte[]> producer;
    final Worker worker;
    private long offset;
    private volatile long sends = Long.MAX_VALUE;
    private volatile boolean dead;
    private volatile long committed;

    WorkerHarness(WorkerSettings settings, boolean acknowledge) {
        this(settings, acknowledge, Ledger.NONE);
    }

    WorkerHarness(WorkerSettings settings, boolean acknowledge, Ledger ledger) {
        this(settings, acknowledge, ledger, Optional.empty(), Tracing.OFF);
    }

    /** A worker that tells of its calls. */
    static WorkerHarness traced(CompletionsMode mode) {
        return new WorkerHarness(settings(4, 100, Duration.ofSeconds(60)).with(mode), true, Ledger.NONE,
                Optional.empty(), Tracing.FULL).start();
    }

    /** A worker that asks another model than the scripted one. */
    WorkerHarness(WorkerSettings settings, Model<ObservationRequest, ObservationResult.Outcome> asked) {
        this(settings, true, Ledger.NONE, Optional.of(asked), Tracing.OFF);
    }

    private WorkerHarness(WorkerSettings settings, boolean acknowledge, Ledger ledger,
            Optional<Model<ObservationRequest, ObservationResult.Outcome>> asked, Tracing tracing) {
        producer = new RecordingProducer(acknowledge);
        worker = new Worker(new Mocks(), SERDES, NAMES,
                new Models(asked.orElse(model), new Nobody<>(new ReflectionResult.Failed("none", false)),
                        new Nobody<>(new SummaryResult.Failed("none", false))),
                settings,
                () -> Requests.NOW, ledger, tracing);
    }

    /** From now on so many records reach the broker; with the next one the worker is as good as killed. */
    void dieAfter(long records) {
        sends = records;
    }

    boolean isDead() {
        return dead;
    }

    /** Requests have offsets from here on. */
    void readFrom(long first) {
        offset = first;
    }

    static WorkerSettings settings(int maxInFlight, int maxReadAhead, Duration budget) {
        return new WorkerSettings(maxInFlight, maxReadAhead, 1_000_000, budget, Duration.ZERO, 100,
                CompletionsMode.LIVE);
    }

    static WorkerHarness started() {
        return new WorkerHarness(settings(4, 100, Duration.ofSeconds(60)), true).start();
    }

    WorkerHarness start() {
        worker.start();
        assign();
        return this;
    }

    /** Gives the worker its partition, in its own polling thread as a broker would. */
    void assign() {
        group.schedulePollTask(() -> {
            group.updateBeginningOffsets(Map.of(REQUESTS, 0L));
            group.rebalance(List.of(REQUESTS));
        });
    }

    void revoke() {
        group.schedulePollTask(() -> group.rebalance(List.of()));
    }

    void request(ObservationRequest... requests) {
        send(Arrays.stream(requests).map(request -> bytes(new WorkerRequest.Ask<>(request))).toList());
    }

    /** Tells the worker that the thread was deleted for the so-manieth time. */
    void forget(long incarnation) {
        send(List.of(bytes(new WorkerRequest.Forget<>(Requests.THREAD, incarnation))));
    }

    void garbage() {
        send(List.of(new byte[]{9, 9, 9}));
    }

    /** A record as a later version may write it. */
    void unknownKind() {
        String known = new String(bytes(new WorkerRequest.Forget<>(Requests.THREAD, 1)), StandardCharsets.ISO_8859_1);
        send(List.of(known.replace("forget", "ponder").getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void send(List<byte[]> values) {
        group.schedulePollTask(() -> values.forEach(value -> group.addRecord(new ConsumerRecord<>(REQUESTS.topic(),
                NUMBER, offset++, Requests.THREAD.toString(), value))));
    }

    private static byte[] bytes(WorkerRequest<ObservationRequest> told) {
        return SERDES.observationRequests().serializer().serialize(REQUESTS.topic(), told);
    }

    /** Puts what was written to {@code completions} where a later worker will read it. */
    void keepCompletionsOf(WorkerHarness earlier) {
        completions.appendAll(earlier.completions);
    }

    List<ProducerRecord<String, byte[]>> written(String topic) {
        return producer.history().stream().filter(row -> row.topic().equals(topic)).toList();
    }

    List<String> topicsWritten() {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }

    List<ObservationResult> results() {
        return written(Topics.OBSERVER_RESULTS.name()).stream()
                .map(row -> SERDES.observationResults().deserializer().deserialize(row.topic(), row.value())).toList();
    }

    List<SpanRecord> spans() {
        return written(Topics.SPANS.name()).stream()
                .map(row -> SERDES.spans().deserializer().deserialize(row.topic(), row.value())).toList();
    }

    List<Completion> completionsWritten() {
        return rowsWritten().stream().filter(Completion.class::isInstance).map(Completion.class::cast).toList();
    }

    /** What was written of calls, beside tombstones. */
    List<CompletionRow> rowsWritten() {
        return written(Topics.COMPLETIONS.name()).stream().filter(row -> row.value() != null)
                .map(row -> SERDES.completions().deserializer().deserialize(row.topic(), row.value())).toList();
    }

    static CompletionRow read(ConsumerRecord<String, byte[]> row) {
        return SERDES.completions().deserializer().deserialize(row.topic(), row.value());
    }

    /** Keys of the rows of {@code completions} that were dropped. */
    List<String> tombstones() {
        return written(Topics.COMPLETIONS.name()).stream().filter(row -> row.value() == null)
                .map(ProducerRecord::key).toList();
    }

    long counted(String name) {
        return worker.counts().getOrDefault(name, 0L);
    }

    /** The committed offset, 0 if nothing is committed. */
    long committed() {
        return committed;
    }

    void stop() {
        worker.close();
    }

    @Override
    public void close() {
        stop();
    }

    /** Puts what was acknowledged where the worker reads recorded calls. */
    private final class RecordingProducer extends MockProducer<String, byte[]> {
        private RecordingProducer(boolean acknowledge) {
            super(acknowledge, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> row, Callback ignored) {
            CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
            if (sends-- > 0) {
                super.send(row, (metadata, _) -> sent.complete(placed(row, metadata)));
            } else {
                dead = true;
            }
            return sent;
        }

        private RecordMetadata placed(ProducerRecord<String, byte[]> row, RecordMetadata metadata) {
            long at = row.topic().equals(Topics.COMPLETIONS.name())
                    ? completions.append(row, NUMBER, Requests.NOW)
                    : metadata.offset();
            return new RecordMetadata(new TopicPartition(row.topic(), NUMBER), at, 0, metadata.timestamp(), 0, 0);
        }
    }

    /** A worker that is dead commits nothing. */
    private final class Group extends MockConsumer<String, byte[]> {
        private Group() {
            super("earliest");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (!dead) {
                super.commitSync(offsets, timeout);
                committed = offsets.get(REQUESTS).offset();
            }
        }
    }

    private final class Mocks implements KafkaClients {
        @Override
        public Consumer<String, byte[]> group() {
            return group;
        }

        @Override
        public Consumer<String, byte[]> reader() {
            return completions;
        }

        @Override
        public Producer<String, byte[]> producer() {
            return producer;
        }
    }

    private record Nobody<Q extends ModelRequest, O>(O outcome) implements Model<Q, O> {
        @Override
        public ModelName nameFor(Q request) {
            return new ModelName("none", "none", "1");
        }

        @Override
        public O answer(Q request, CallContext context) {
            return outcome;
        }
    }
}
