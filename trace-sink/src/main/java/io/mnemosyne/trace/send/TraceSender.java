package io.mnemosyne.trace.send;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Ships finished spans to one backend. Runs beside the pipeline and holds none of it up: while the backend is away it waits,
 * and catches up afterwards. A span is committed when the backend has taken it, or when a dead letter says why not.
 *
 * <p>{@link #start}, {@link #close}, {@link #stats} and {@link #alive} may be called from any thread.
 */
public final class TraceSender implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(TraceSender.class);
    private static final String GROUP = "trace-sender-";
    private static final Duration PATIENCE_WITH_PROBE = Duration.ofSeconds(10);
    private static final Duration PRODUCER_GRACE = Duration.ofSeconds(1);

    private final TraceBackend backend;
    private final TopicNames names;
    private final Wire wire;
    private final Gate gate;
    private final Probe probe;
    private final Tally tally;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final SendLoop loop;
    private final CountDownLatch probed = new CountDownLatch(1);
    private final Thread sending;
    private final Thread probing;

    /**
     * A sender that is not started yet.
     *
     * @param kafka settings of every Kafka client, at least {@code bootstrap.servers}
     */
    public TraceSender(TraceBackend backend, Map<String, Object> kafka, TopicSerdes serdes, TopicNames names) {
        this(backend, SenderClients.of(kafka, names.applicationId(group(backend.name()))), serdes, names,
                InstantSource.system());
    }

    TraceSender(TraceBackend backend, SenderClients clients, TopicSerdes serdes, TopicNames names,
            InstantSource clock) {
        this.backend = backend;
        this.names = names;
        SendLimits limits = backend.limits();
        tally = new Tally(backend.name());
        gate = new Gate(limits);
        wire = new Wire(backend);
        Envelope envelope = new Envelope(backend.origin());
        Exchange exchange = new Exchange(wire, clock);
        Handover handover = new Handover(backend, envelope, exchange, gate, tally);
        Optional<LangfuseMedia> media = backend.kind() == TraceBackend.Kind.LANGFUSE
                ? Optional.of(new LangfuseMedia(wire, gate, handover, tally, new Backoff(limits.longestWait()), clock))
                : Optional.empty();
        MediaStore store = media.isPresent() ? media.get() : MediaStore.NONE;
        probe = new Probe(backend, wire, exchange, envelope, media);
        Preparation preparation = new Preparation(backend, envelope, store::usable);
        RequestSize requestSize = new RequestSize(limits, envelope);
        Queue<Parcel> arrived = SendLoop.queue();
        producer = clients.producer();
        consumer = clients.consumer();
        Shipper shipper = new Shipper(envelope, preparation, requestSize, handover, store,
                new DeadLetters(backend, producer, serdes, names), tally, arrived::add);
        loop = new SendLoop(consumer, new Intake(serdes), preparation, new Backlog(requestSize.packer(), limits),
                new Crew(shipper, limits.maxConcurrency()), gate, limits, tally, arrived);
        sending = Thread.ofPlatform().name(GROUP + backend.name()).unstarted(this::send);
        probing = Thread.ofVirtual().name("trace-probe-" + backend.name()).unstarted(this::probe);
    }

    /** The consumer group of a backend's sender, without a deployment's prefix. */
    public static String group(String backend) {
        return GROUP + backend;
    }

    /** Starts reading where it was left; comes back at once. */
    public void start() {
        probing.start();
        sending.start();
    }

    /** Whether it runs. False before the start, after the close, and if an error ended it. */
    public boolean alive() {
        return sending.isAlive();
    }

    /** What it has done so far, and how the backend is. */
    public SenderStats stats() {
        return tally.stats(gate);
    }

    /** Stops within about ten seconds. What the backend has not taken by then is read again at the next start. */
    @Override
    public void close() {
        loop.stop();
        probing.interrupt();
        try {
            sending.join();
            probing.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (sending.getState() == Thread.State.NEW) {
            consumer.close();
        }
        wire.close();
        producer.close(PRODUCER_GRACE);
    }

    private void send() {
        try {
            // Only so that large fields do not try what the probe is about to find out.
            boolean _ = probed.await(PATIENCE_WITH_PROBE.toMillis(), TimeUnit.MILLISECONDS);
            loop.run(names.of(Topics.SPANS_FINISHED));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("backend", backend.name()).setCause(e)
                    .log("The sender of traces ended by an error; what it had not sent is sent after a restart");
        }
    }

    private void probe() {
        try {
            ServerFacts facts = probe.ask();
            tally.found(facts);
            probed.countDown();
            while (facts.spans() == ServerFacts.Answer.UNKNOWN) {
                Thread.sleep(probe.pause());
                facts = probe.ask();
                tally.found(facts);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            probed.countDown();
        }
    }
}
