package io.mnemosyne.service;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.context.Unavailable;
import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.schemas.produce.TurnLog;
import io.mnemosyne.schemas.produce.TurnProducer;
import io.mnemosyne.service.watch.CompactHub;

/**
 * The REST layer. Stateless: everything it serves is read from the context topology's stores, everything it takes is
 * written to Kafka before it answers.
 *
 * <p>Threading: each request runs on a virtual thread of its own; all collaborators are thread-safe.
 */
public final class ContextService implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ContextService.class);
    private static final String TENANT = "/v1/tenants/{tenant}";
    private static final String THREAD = TENANT + "/threads/{thread}";

    private final Javalin server;
    private final CompactHub hub;

    private ContextService(Javalin server, CompactHub hub) {
        this.server = server;
        this.hub = hub;
    }

    /**
     * Starts to listen.
     *
     * @param log stays the caller's to close
     * @param redactors of each tenant
     * @param memory what answers questions
     * @param hub where subscribers hear of compactions; closed with the service
     * @throws io.javalin.util.JavalinBindException if the port is taken
     */
    public static ContextService start(ServiceSettings settings, ThreadReader reader, TurnLog log,
            Function<String, Redactor> redactors, Memory memory, CompactHub hub, Health health,
            PrometheusMeterRegistry metrics) {
        var ownWrites = new OwnWrites(reader, settings.maxWait());
        var producer = new TurnProducer(log, redactors);
        var turns = new TurnsResource(new TurnIntake(producer), reader);
        var context = new ContextResource(reader, ownWrites, metrics);
        var commands = new CommandIntake(producer, Clock.systemUTC());
        var threads = new ThreadResource(reader, commands);
        var told = new CommandResource(commands);
        var objects = new ObjectsResource(reader);
        var graphs = new GraphResource(reader);
        var restores = new RestoreResource(reader, commands);
        var queries = new QueryResource(reader, ownWrites, memory,
                new QueryJournal(log, Clock.systemUTC(), QueryJournal.PATIENCE), redactors);
        var intake = new SpanIntake(log, redactors);
        var spans = new SpansResource(intake);
        var otlp = new OtlpResource(intake, settings.maxBodyBytes());
        var events = new EventsResource(hub, EventsResource.HEARTBEAT);
        metrics.gauge("mnemosyne.events.subscribers", hub, CompactHub::subscribers);
        var healths = new HealthResource(health);
        var traces = new RequestTraces();
        Javalin server = Javalin.create(config -> {
            listen(config, settings);
            RoutesConfig routes = config.routes;
            routes.post(THREAD + "/turns", turns::post);
            routes.get(THREAD + "/turns", turns::get);
            routes.get(THREAD + "/context", context::get);
            routes.get(THREAD + "/observations", threads::observations);
            routes.get(THREAD + "/state", threads::state);
            routes.get(THREAD + "/stats", threads::stats);
            routes.get(THREAD + "/objects", objects::list);
            routes.get(THREAD + "/objects/{object}", objects::one);
            routes.get(THREAD + "/graph", graphs::get);
            routes.post(THREAD + "/query", queries::post);
            routes.post(THREAD + "/usage", told::usage);
            routes.post(THREAD + "/compact", told::compact);
            routes.post(THREAD + "/pin", told::pin);
            routes.post(THREAD + "/restore", restores::restore);
            routes.post(THREAD + "/release", restores::release);
            routes.delete(THREAD, threads::delete);
            routes.post(TENANT + "/spans", spans::post);
            routes.post(TENANT + "/otlp/v1/traces", otlp::post);
            routes.post("/v1/otlp/v1/traces", otlp::post);
            routes.get(TENANT + "/events", events::ofTenant);
            routes.get(THREAD + "/events", events::ofThread);
            routes.get("/health/live", healths::live);
            routes.get("/health/ready", healths::ready);
            routes.get("/metrics", request -> request.contentType("text/plain; version=0.0.4; charset=utf-8")
                    .result(metrics.scrape()));
            routes.before(traces::begin);
            config.requestLogger.http((request, millis) -> {
                traces.end(request, route(request));
                timer(metrics, request).record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
            });
            problems(routes);
        });
        return new ContextService(server.start(settings.host(), settings.port()), hub);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Stops listening and finishes the requests under way; those that take too long are cut off. */
    @Override
    public void close() {
        hub.close(); // subscribers would stay, and the server would wait for them
        server.stop();
    }

    private static void listen(JavalinConfig config, ServiceSettings settings) {
        config.startup.showJavalinBanner = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = settings.maxBodyBytes();
        // Without this handler Jetty does not know of requests under way when it stops.
        config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new GracefulHandler());
            jetty.setStopTimeout(settings.stopLimit().toMillis());
        });
    }

    private static void problems(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, request) -> answer(request, problem));
        routes.exception(Unavailable.class, (unavailable, request) -> answer(request,
                Problem.unavailable(String.valueOf(unavailable.getMessage()), unavailable.retryAfter())));
        routes.exception(HttpResponseException.class, (refused, request) -> answer(request, refused));
        routes.exception(Exception.class, (failure, request) -> {
            LOGGER.atError().addKeyValue("path", route(request)).setCause(failure).log("request failed");
            answer(request, Problem.internal());
        });
    }

    private static void answer(Context request, HttpResponseException refused) {
        answer(request, refused.getStatus() == 413
                ? Problem.tooLarge("the body is larger than this service takes; send fewer turns at once")
                : Problem.other(refused.getStatus(), String.valueOf(refused.getMessage())));
    }

    private static void answer(Context request, Problem problem) {
        problem.retryAfter().ifPresent(wait -> request.header("Retry-After", Long.toString(wait.toSeconds())));
        request.status(problem.status());
        Answers.text(request, "application/problem+json", Json.of(problem.body()));
    }

    /** The pattern of the path rather than the path itself, so that there are few time series. */
    private static String route(Context request) {
        return Optional.ofNullable(request.endpoints().lastHttpEndpoint()).map(endpoint -> endpoint.path)
                .orElse("none");
    }

    private static Timer timer(PrometheusMeterRegistry metrics, Context request) {
        return Timer.builder("mnemosyne.http.requests").description("Time to answer a request")
                .publishPercentiles(0.5, 0.99).tag("method", request.method().name())
                .tag("status", Integer.toString(request.statusCode())).tag("path", route(request))
                .register(metrics);
    }
}
