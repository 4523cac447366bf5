package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.context.ContextTopology;
import io.mnemosyne.context.StoredRecall;
import io.mnemosyne.context.StoredThreads;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.Answerer;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.TimedRecall;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.index.Connection;
import io.mnemosyne.index.IndexSink;
import io.mnemosyne.index.IndexedWait;
import io.mnemosyne.index.search.FallbackRecall;
import io.mnemosyne.index.search.IndexRecall;
import io.mnemosyne.index.search.SearchClient;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.worker.Worker;
import io.mnemosyne.ingest.IngestTopology;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.models.ConfiguredModels;
import io.mnemosyne.launcher.telemetry.Telemetry;
import io.mnemosyne.observer.ObserverTopology;
import io.mnemosyne.reflector.ReflectorTopology;
import io.mnemosyne.schemas.produce.KafkaTurnLog;
import io.mnemosyne.schemas.produce.TurnLog;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.TopicPurge;
import io.mnemosyne.service.ContextService;
import io.mnemosyne.service.Health;
import io.mnemosyne.service.Memory;
import io.mnemosyne.service.watch.CompactFeed;
import io.mnemosyne.service.watch.CompactHub;
import io.mnemosyne.service.watch.Webhook;
import io.mnemosyne.trace.TraceTopology;
import io.mnemosyne.trace.send.TraceBackend;
import io.mnemosyne.trace.send.TraceSender;

/** All stages, the workers, the sink and the REST service in one process. Closed in the reverse order of its start. */
final class Pipeline implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Pipeline.class);

    /** Most questions are answered in some milliseconds; who waits longer for the index would rather have the stores. */
    private static final Duration INDEX_PATIENCE = Duration.ofSeconds(2);

    private final PipelinePlan plan;
    private final Consumer<String> giveUp;
    private final TokenCounter tokens = O200kTokenCounter.shared();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Stage> stages = new ArrayList<>();
    private final List<Supplier<Health.Component>> health = new ArrayList<>();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private Pipeline(PipelinePlan plan, Consumer<String> giveUp) {
        this.plan = plan;
        this.giveUp = giveUp;
    }

    /**
     * Starts everything.
     *
     * @param giveUp told why, if a part stops for good later on
     */
    static Pipeline start(PipelinePlan plan, Consumer<String> giveUp) {
        Pipeline pipeline = new Pipeline(plan, giveUp);
        try {
            pipeline.start();
            return pipeline;
        } catch (RuntimeException | Error e) { // a native library that cannot be loaded is an Error
            pipeline.close();
            throw e;
        }
    }

    /** Whether every topology has its partitions and their state. */
    boolean isRunning() {
        return stages.stream().allMatch(Stage::isRunning);
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOGGER.atWarn().addKeyValue("part", part.getClass().getSimpleName()).setCause(e).log("did not close");
            }
        }
    }

    private void start() {
        plan.telemetry().ifPresent(settings -> keep(Telemetry.start(settings, metrics.getPrometheusRegistry())));
        TopicNames names = plan.kafka().names();
        plan.kafka().ensureTopics();
        TopicSerdes serdes = serdes();
        Tracing spans = plan.tracing().spans();
        stage("ingest", new IngestTopology(serdes, names,
                new Sequencer(redactorsAt("ingest"), tokens, plan.admission()), spans));
        stage("observer", new ObserverTopology(names, serdes, plan.policy(), tokens, spans));
        stage("reflector", new ReflectorTopology(names, serdes, plan.policy(), tokens, spans));
        Stage context = stage("context", new ContextTopology(names, serdes, plan.policy(), tokens, spans));
        traces(serdes);
        purge();
        Answerer answerer = models(serdes);
        Embedder embedder = keep(plan.embedder());
        sink(serdes, embedder);
        TurnLog log = keep(new KafkaTurnLog(plan.kafka().connection(), names, serdes));
        measure();
        ThreadReader reader = StoredThreads.in(context.streams(), plan.policy(), tokens);
        Recall recall = recall(context.streams(), reader, embedder);
        keep(ContextService.start(plan.service(), reader, log, redactorsAt("rest"),
                new Memory(recall, answerer,
                        new IndexedThreads(reader, new IndexedWait(keep(Connection.open(plan.index())), plan.index())),
                        plan.recall().defaults(), tokens),
                watched(serdes),
                () -> health.stream().map(Supplier::get).toList(), metrics));
    }

    private CountedRedactors redactorsAt(String door) {
        return new CountedRedactors(plan.redactors(), metrics, door);
    }

    /** Subscribers hear of compactions from every instance, and the webhook from one of them. */
    private CompactHub watched(TopicSerdes serdes) {
        Map<String, Object> kafka = plan.kafka().connection();
        CompactHub hub = new CompactHub();
        keep(new CompactFeed(kafka, plan.kafka().names(), serdes, hub)).start();
        plan.webhook().ifPresent(
                webhook -> keep(Webhook.of(webhook, kafka, plan.kafka().names(), serdes, metrics)).start());
        return hub;
    }

    private TopicSerdes serdes() {
        var ids = keep(new RegistrySchemaIds(plan.kafka().registry()));
        ids.registerAll(plan.kafka().names());
        return new TopicSerdes(ids, plan.kafka().names());
    }

    private Stage stage(String name, Supplier<Topology> topology) {
        KafkaPlan kafka = plan.kafka();
        var streams = new StreamsSettings(name, kafka.names(), kafka.bootstrapServers(), plan.stateDir(), 1,
                kafka.client());
        Stage stage = keep(Stage.start(streams, topology.get(), giveUp));
        stages.add(stage);
        health.add(stage::health);
        return stage;
    }

    /** Spans are put together also where no backend is set yet: it gets those of the last days once it is. */
    private void traces(TopicSerdes serdes) {
        Settings.Tracing tracing = plan.tracing();
        if (tracing.backends().isEmpty() && !tracing.spans().on()) {
            return;
        }
        TopicNames names = plan.kafka().names();
        stage(TraceTopology.STAGE, new TraceTopology(serdes, names, redactorsAt("spans"), tracing.times()));
        for (TraceBackend backend : tracing.backends()) {
            TraceSender sender = keep(new TraceSender(backend, plan.kafka().connection(), serdes, names));
            sender.start();
            String part = TraceSender.group(backend.name());
            health.add(() -> new Health.Component(part, sender.alive(), sender.alive(),
                    sender.alive() ? sender.stats().state().name() : "ENDED"));
            new TraceMetrics(backend.name(), sender::stats).bindTo(metrics);
        }
    }

    private void purge() {
        if (plan.purgeInterval().isPositive()) {
            keep(Janitor.start(TopicPurge.connect(plan.kafka().connection(), plan.kafka().names()),
                    plan.purgeInterval(), metrics));
        }
    }

    /** Who answers questions shares budgets and limits with the worker, if that is in this process. */
    private Answerer models(TopicSerdes serdes) {
        if (!plan.worker() && !plan.models().settings().recalls()) {
            return Answerer.NOBODY;
        }
        Counts calls = new Counts();
        ConfiguredModels models = keep(WorkerProcess.models(plan.models(), tokens, calls));
        List<Supplier<Map<String, Long>>> counts = new ArrayList<>(List.of(calls::snapshot));
        if (plan.worker()) {
            counts.addFirst(worker(serdes, models)::counts);
        }
        metrics.getPrometheusRegistry().register(new WorkerMetrics(counts));
        metrics.getPrometheusRegistry()
                .register(new ModelMetrics(models::circuits, models::balances, models::lines));
        return plan.models().calls()
                ? models.answerer(plan.recall().time())
                : _ -> new Answered.Untold("models.mode is one in which nothing is called");
    }

    private Worker worker(TopicSerdes serdes, ConfiguredModels models) {
        Worker worker = keep(WorkerProcess.worker(plan.kafka(), serdes, models.models(), models.ledger(),
                WorkerProcess.limits(plan.models()), plan.tracing().spans()));
        worker.start();
        Gauge.builder("mnemosyne.worker.in.flight", worker, Worker::inFlight)
                .description("Requests that the worker is answering").register(metrics);
        health.add(() -> new Health.Component("worker", worker.alive(), worker.alive(),
                worker.alive() ? "RUNNING" : "ENDED"));
        return worker;
    }

    private void sink(TopicSerdes serdes, Embedder embedder) {
        IndexSink sink = keep(new IndexSink(plan.index(), plan.kafka().connection(), serdes, plan.kafka().names(),
                embedder));
        sink.start();
        new SinkMetrics(sink::stats).bindTo(metrics);
    }

    /** What is found in the index, or while it is away in the stores, of the time that a question's words tell. */
    private Recall recall(KafkaStreams streams, ThreadReader reader, Embedder embedder) {
        Recall index = keep(new IndexRecall(keep(new SearchClient(plan.index())), embedder, tokens));
        Recall stored = StoredRecall.in(streams, tokens, IndexRecall.PASSAGE);
        return new TimedRecall(keep(new FallbackRecall(index, stored, INDEX_PATIENCE)),
                thread -> reader.head(thread).filter(ThreadHead::hasTurns)
                        .flatMap(head -> reader.turns(thread, SeqRange.of(head.nextSeq() - 1)).stream().findFirst()
                                .flatMap(turn -> turn.body().origin().at())
                                .map(at -> at.atZone(head.policy().zone()))));
    }

    private void measure() {
        stages.forEach(stage -> keep(bound(new KafkaStreamsMetrics(stage.streams()))));
        new JvmMemoryMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
    }

    private KafkaStreamsMetrics bound(KafkaStreamsMetrics streams) {
        streams.bindTo(metrics);
        return streams;
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }
}
