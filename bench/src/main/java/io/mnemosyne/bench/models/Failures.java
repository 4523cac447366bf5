package io.mnemosyne.bench.models;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.mnemosyne.bench.Durations;
import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.ScriptedRequest;
import io.mnemosyne.scripted.Wire;

/**
 * Conversations go on and ask for their context while their models fail in one way after the other, over both wire formats.
 * Each way has a tenant and a model of its own, so that what is remembered of one does not touch the next.
 *
 * @param turns of each conversation
 * @param callBudget for a whole chain
 */
record Failures(List<Trouble> troubles, int turns, Duration callBudget) {
    private static final Duration BETWEEN_TURNS = Duration.ofMillis(250);
    private static final Duration BETWEEN_READS = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SENTENCES = 8;

    List<FailureReport> run(Path directory, Consumer<String> progress) throws IOException, InterruptedException {
        Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
        try (ScriptedModels server = ScriptedModels.start(request -> behave(request, calls));
                RunningStack stack = RunningStack.start(directory, settings(directory, server));
                WorkerTopics topics = new WorkerTopics(stack);
                HttpClient http = HttpClient.newHttpClient()) {
            converse(stack, http, topics, "warm-up");
            List<FailureReport> reports = new ArrayList<>();
            for (Trouble trouble : troubles) {
                for (Wire wire : Wire.values()) {
                    String tenant = tenant(trouble, wire);
                    Agent agent = converse(stack, http, topics, tenant);
                    FailureReport report = report(trouble, wire, tenant, topics, agent, calls);
                    reports.add(report);
                    progress.accept(report.row());
                }
            }
            return reports;
        }
    }

    private static Behaviour behave(ScriptedRequest request, Map<String, AtomicLong> calls) {
        String key = key(request.wire(), request.model());
        long call = calls.computeIfAbsent(key, _ -> new AtomicLong()).getAndIncrement();
        return Trouble.of(request.model()).orElse(Trouble.NONE).behave(request, call);
    }

    /** Both endpoints are the one server; a file is needed for tenants. */
    private Map<String, String> settings(Path directory, ScriptedModels server) throws IOException {
        StringBuilder file = new StringBuilder();
        for (Trouble trouble : troubles) {
            for (Wire wire : Wire.values()) {
                file.append("[tenants.%s]%nobserver = [\"%s:%s\", \"offline\"]%nreflector = [\"offline\"]%n"
                        .formatted(tenant(trouble, wire), endpoint(wire), trouble.model()));
            }
        }
        Map<String, String> settings = new HashMap<>(Map.of("MNEMOSYNE_CONFIG",
                Files.writeString(directory.resolve("mnemosyne.toml"), file).toString(), "MNEMOSYNE_POLICY_BUDGET",
                "16000", "MNEMOSYNE_MODELS_CALL_BUDGET_SECONDS", Long.toString(callBudget.toSeconds())));
        for (Wire wire : Wire.values()) {
            String variable = "MNEMOSYNE_" + wire.name();
            settings.put(variable + "_BASE_URL", server.url(wire).toString());
            settings.put(variable + "_API_KEY", "bench");
        }
        return settings;
    }

    /** One conversation from its first turn until everything asked about it is answered. */
    private Agent converse(RunningStack stack, HttpClient http, WorkerTopics topics, String tenant)
            throws IOException, InterruptedException {
        Agent agent = new Agent(http, stack.service(), tenant);
        agent.begin(text(0));
        long begin = System.nanoTime();
        for (int turn = 1; turn < turns; turn++) {
            agent.say(turn, text(turn));
            long due = begin + turn * BETWEEN_TURNS.toNanos();
            while (System.nanoTime() < due) {
                agent.read();
                Thread.sleep(BETWEEN_READS);
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            agent.read();
            topics.read();
        } while ((outcomes(topics, tenant).open() > 0 || outcomes(topics, tenant).total() == 0)
                && System.nanoTime() < deadline);
        return agent;
    }

    private static FailureReport report(Trouble trouble, Wire wire, String tenant, WorkerTopics topics, Agent agent,
            Map<String, AtomicLong> calls) {
        List<Duration> took = of(topics, tenant).stream().flatMap(exchange -> exchange.took().stream()).toList();
        return new FailureReport(trouble.description(), endpoint(wire), outcomes(topics, tenant),
                calls.getOrDefault(key(wire, trouble.model()), new AtomicLong()).get(), Durations.of(took),
                agent.reads(), agent.largestView(), agent.overBudget(), agent.refused());
    }

    private static String tenant(Trouble trouble, Wire wire) {
        return trouble.model() + "-" + endpoint(wire);
    }

    private static String endpoint(Wire wire) {
        return wire.name().toLowerCase(Locale.ROOT);
    }

    private static String key(Wire wire, String model) {
        return endpoint(wire) + ":" + model;
    }

    private static Outcomes outcomes(WorkerTopics topics, String tenant) {
        return Outcomes.of(of(topics, tenant));
    }

    private static List<Exchange> of(WorkerTopics topics, String tenant) {
        return topics.exchanges().stream().filter(exchange -> exchange.thread().tenant().equals(tenant)).toList();
    }

    private static String text(int turn) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SENTENCES; i++) {
            text.append(
                    "We looked at src/main/java/Service%d.java, line %d: the pool %d of module m%d gives its connections back too late. "
                            .formatted(turn * SENTENCES + i, turn + i, turn, i));
        }
        return text.toString();
    }
}
