package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.completions.Completions;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.completions.Ledger;
import io.mnemosyne.schemas.groups.Assignments;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

/**
 * Answers the requests of the stages. Requests come from a consumer group, wait in a bounded read-ahead, urgent ones
 * first, and are answered on virtual threads; a request is committed when everything before it and itself has an
 * acknowledged result. A crash therefore repeats requests but loses none, and the topologies fence the repeats.
 *
 * <p>Threading notes:
 * <ul>
 * <li>One polling thread owns the consumer and the {@link Assignments}; nobody else touches them.
 * <li>Calls run on threads of the {@link Dispatcher}. They hand finished jobs back through a concurrent queue, which the
 * polling thread empties before it commits.
 * <li>When a partition is revoked, its calls under way have the drain time to end. One that still runs goes on, and its
 * result is written, because it may be paid for. It is neither committed nor recorded: the next owner repeats it, and may
 * meanwhile have forgotten its thread.
 * <li>{@link #start}, {@link #close}, {@link #awaitEnd}, {@link #counts} and {@link #alive} may be called from any thread.
 * </ul>
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, Stage<?, ?>> stages;
    private final WorkerSettings settings;
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Completions completions;
    private final Answering answering;
    private final Dispatcher dispatcher;
    private final Intake intake;
    private final Counts counts = new Counts();
    private final Assignments assignments = new Assignments();
    private final Queue<Job> finished = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().name("worker").unstarted(this::run);
    private volatile boolean stopping;

    /** A worker for all stages. It does nothing before {@link #start}. */
    public Worker(KafkaClients clients, TopicSerdes serdes, TopicNames names, Models models, WorkerSettings settings,
            InstantSource clock) {
        this(clients, serdes, names, models, settings, clock, Ledger.NONE);
    }

    /** As the other constructor, with a ledger that is told what others spent today. */
    public Worker(KafkaClients clients, TopicSerdes serdes, TopicNames names, Models models, WorkerSettings settings,
            InstantSource clock, Ledger ledger) {
        this(clients, serdes, names, models, settings, clock, ledger, Tracing.OFF);
    }

    /** As the other constructor; one that tells of its calls in spans, if it is to. */
    public Worker(KafkaClients clients, TopicSerdes serdes, TopicNames names, Models models, WorkerSettings settings,
            InstantSource clock, Ledger ledger, Tracing tracing) {
        this.settings = settings;
        Models asked = settings.completions() == CompletionsMode.STUB ? Models.stub() : models;
        stages = Stream
                .of(Stage.observer(serdes, names, asked.observer()),
                        Stage.reflector(serdes, names, asked.reflector()),
                        Stage.summarizer(serdes, names, asked.summarizer()))
                .collect(Collectors.toMap(Stage::topic, Function.identity()));
        consumer = clients.group();
        producer = clients.producer();
        completions = new Completions(clients.reader(), producer, serdes, names, settings.rememberedCompletions(),
                ledger, clock);
        answering = new Answering(completions, settings.completions(), producer, settings.callBudget(), clock, counts,
                new CallSpans(tracing, producer, serdes, names, counts));
        dispatcher = new Dispatcher(settings.maxInFlight(), this::work);
        intake = new Intake(stages, consumer, assignments, dispatcher, counts);
    }

    public void start() {
        thread.start();
    }

    /** Whether it polls. False before the start, after the close, and if an error ended it. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** Blocks until it has been closed, or an error ended it. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** How often what happened, by name, for example {@code call.answered}. */
    public Map<String, Long> counts() {
        return counts.snapshot();
    }

    /** How many requests are being answered. */
    public int inFlight() {
        return dispatcher.inFlight();
    }

    /** Stops reading, lets calls under way end within the drain time, commits what is done, and closes the clients. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        consumer.subscribe(stages.keySet(), new Rebalance());
        try {
            while (!stopping) {
                turn();
            }
        } catch (RuntimeException e) {
            LOGGER.atError().setCause(e).log("The worker ended by an error");
        } finally {
            shutDown();
        }
    }

    private void turn() {
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                if (!intake.take(partition, records.records(partition))) {
                    pause();
                }
            }
            settle();
            commit();
            holdBack();
        } catch (KafkaException e) {
            counts.raise("poll.failed");
            LOGGER.atWarn().addKeyValue("error", e.getClass().getName()).setCause(e)
                    .log("Kafka did not answer; the worker goes on");
            pause();
        }
    }

    /** Runs on a thread of the dispatcher. */
    private void work(Job job) {
        try {
            switch (job.work()) {
                case Call call -> answering.answer(call, () -> assignments.holds(job.partition(), job.epoch()));
                case Forget(ThreadKey deleted, long incarnation) -> {
                    completions.forget(deleted, incarnation);
                    counts.raise("thread.forgotten");
                }
            }
            finished.add(job);
        } catch (InterruptedException e) {
            // Only a stopping worker interrupts; the request is not committed and is read again by its next owner.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            counts.raise("request.retried");
            LOGGER.atWarn().addKeyValue("thread", job.work().thread()).addKeyValue("requestId", job.work().requestId())
                    .addKeyValue("error", e.getClass().getName()).log("A request was not served; it is tried again");
            pause();
            dispatcher.submit(job);
        }
    }

    private void settle() {
        for (Job job = finished.poll(); job != null; job = finished.poll()) {
            assignments.done(job.partition(), job.offset(), job.epoch());
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> due = assignments.due();
        if (!due.isEmpty()) {
            consumer.commitSync(due, COMMIT);
            assignments.committed(due);
        }
    }

    /** Stops fetching while enough requests wait; polling goes on, so that the group keeps its partitions. */
    private void holdBack() {
        if (dispatcher.isFull(settings.maxReadAhead(), settings.maxReadAheadBytes())) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
    }

    private void shutDown() {
        dispatcher.drop(_ -> true);
        dispatcher.drain(settings.drain());
        try {
            settle();
            commit();
        } catch (KafkaException e) {
            LOGGER.atWarn().addKeyValue("error", e.getClass().getName())
                    .log("The last commit failed; some requests will be answered again");
        }
        consumer.close();
        completions.close();
        producer.close();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assignments.assigned(partitions);
            assignments.numbers().forEach(completions::restore);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Set<TopicPartition> gone = Set.copyOf(partitions);
            dispatcher.drop(job -> gone.contains(job.partition()));
            if (!stopping) {
                // The next owner would make the calls under way again, and pay again.
                dispatcher.await(job -> gone.contains(job.partition()), settings.drain());
            }
            settle();
            try {
                commit();
            } catch (KafkaException e) {
                LOGGER.atWarn().addKeyValue("error", e.getClass().getName())
                        .log("The commit before a rebalance failed; some requests will be answered again");
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            Set<TopicPartition> gone = Set.copyOf(partitions);
            assignments.revoked(gone);
            dispatcher.drop(job -> gone.contains(job.partition()));
            completions.keepOnly(assignments.numbers());
        }
    }
}
