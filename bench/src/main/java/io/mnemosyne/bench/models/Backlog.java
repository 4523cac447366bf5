package io.mnemosyne.bench.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.mnemosyne.bench.Durations;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.scripted.RateLimit;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.Wire;

/**
 * Many requests at once for the worker of a real deployment, whose provider answers only so many per second.
 *
 * @param perSecond answers of the provider
 * @param urgentEvery every how many a request is urgent
 * @param lease of every request
 * @param tokensPerDay budget of the tenant, with the extractor behind the model; 0 for none, and the model alone
 */
record Backlog(int requests, double perSecond, int urgentEvery, Duration lease, long tokensPerDay) {
    private static final int IN_FLIGHT = 4;
    private static final int BURST = 2;
    private static final int TOO_MANY = 429;
    /** Times the ideal time after which what is open stays open. */
    private static final int PATIENCE = 3;
    private static final int PERCENT = 100;

    BacklogReport run(Path directory, Consumer<String> progress) throws IOException, InterruptedException {
        try (ScriptedModels server = ScriptedModels.start(0, ScriptedBrain::behave,
                Optional.of(new RateLimit(perSecond, BURST)));
                RunningStack stack = RunningStack.start(directory, settings(server));
                WorkerTopics topics = new WorkerTopics(stack)) {
            progress.accept("the stack runs; asking " + requests + " times");
            topics.ask(IntStream.range(0, requests).mapToObj(this::request).toList());
            long begin = System.nanoTime();
            await(topics, begin, progress);
            return report(topics, server, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private Map<String, String> settings(ScriptedModels server) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "MNEMOSYNE_MODELS_OBSERVER", tokensPerDay == 0 ? "anthropic:scripted" : "anthropic:scripted,offline",
                "MNEMOSYNE_ANTHROPIC_BASE_URL", server.url(Wire.ANTHROPIC).toString(), "MNEMOSYNE_ANTHROPIC_API_KEY",
                "bench",
                "MNEMOSYNE_ANTHROPIC_MAX_IN_FLIGHT", Integer.toString(IN_FLIGHT)));
        if (tokensPerDay > 0) {
            settings.put("MNEMOSYNE_MODELS_TOKENS_PER_DAY", Long.toString(tokensPerDay));
        }
        return settings;
    }

    private ObservationRequest request(int number) {
        return Requests.observation("backlog", number, number % urgentEvery == urgentEvery - 1, lease);
    }

    private void await(WorkerTopics topics, long begin, Consumer<String> progress) {
        double patience = PATIENCE * requests / perSecond + PERCENT;
        long told = 0;
        Outcomes now = Outcomes.of(topics.exchanges());
        while ((now.total() < requests || now.open() > 0) && (System.nanoTime() - begin) / 1e9 < patience) {
            topics.read();
            now = Outcomes.of(topics.exchanges());
            long percent = (long) PERCENT * (now.total() - now.open()) / requests;
            if (percent >= told) {
                told = percent + 5;
                progress.accept("%d %% answered after %.0f s".formatted(percent, (System.nanoTime() - begin) / 1e9));
            }
        }
    }

    private BacklogReport report(WorkerTopics topics, ScriptedModels server, Duration took) {
        Collection<Exchange> exchanges = topics.exchanges();
        Outcomes outcomes = Outcomes.of(exchanges);
        long refused = server.calls().stream().filter(call -> call.status() == TOO_MANY).count();
        long tokensPerCall = outcomes.model() == 0 ? 0 : outcomes.tokens() / outcomes.model();
        return new BacklogReport(outcomes, server.calls().size(), refused, took.toNanos() / 1e9,
                outcomes.model() / perSecond, took(exchanges, Exchange::urgent),
                took(exchanges, exchange -> !exchange.urgent()), topics.repeatedAnswers(), tokensPerDay, tokensPerCall,
                IN_FLIGHT);
    }

    private static Durations took(Collection<Exchange> exchanges, Predicate<Exchange> which) {
        List<Duration> times = exchanges.stream().filter(which).flatMap(exchange -> exchange.took().stream()).toList();
        return Durations.of(times);
    }
}
