package io.mnemosyne.bench.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.ScriptedRequest;
import io.mnemosyne.scripted.Wire;

/**
 * A worker that is killed again and again while it makes calls, and its successors.
 *
 * @param each requests per round
 * @param callTime of the model
 */
record KillWorkers(int rounds, int each, Duration callTime, long seed) {
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern NUMBER = Pattern.compile("Request (\\d+), turn");
    private static final String REPEATED = "was never recorded";

    KillReport run(Path directory, Consumer<String> progress) throws IOException, InterruptedException {
        Map<Integer, Queue<Instant>> calls = new ConcurrentHashMap<>();
        AtomicLong made = new AtomicLong();
        try (ScriptedModels server = ScriptedModels.start(request -> {
            made.incrementAndGet();
            calls.computeIfAbsent(number(request), _ -> new ConcurrentLinkedQueue<>()).add(Instant.now());
            return answer(request);
        });
                RunningStack stack = RunningStack.start(directory, settings(server));
                WorkerTopics topics = new WorkerTopics(stack)) {
            Random random = new Random(seed);
            for (int round = 0; round < rounds; round++) {
                kill(stack, topics, round, made, random);
                progress.accept("round %d of %d: %d calls so far".formatted(round + 1, rounds, made.get()));
            }
            Process last = stack.worker("worker-last");
            awaitAnswers(topics, rounds * each);
            last.destroy();
            last.waitFor();
            Map<String, Instant> recorded = RecordedCompletions.of(stack);
            return new KillReport(rounds, Outcomes.of(topics.exchanges()), made.get(), calls.size(),
                    recorded.size(), paidAgain(calls, recorded), saidToBeRepeated(directory),
                    topics.repeatedAnswers());
        }
    }

    private static Map<String, String> settings(ScriptedModels server) {
        return Map.of("MNEMOSYNE_WORKER_IN_PIPELINE", "false", "MNEMOSYNE_MODELS_OBSERVER", "anthropic:scripted",
                "MNEMOSYNE_ANTHROPIC_BASE_URL", server.url(Wire.ANTHROPIC).toString(), "MNEMOSYNE_ANTHROPIC_API_KEY",
                "bench");
    }

    private static int number(ScriptedRequest request) {
        Matcher number = NUMBER.matcher(request.lastText());
        if (!number.find()) {
            throw new IllegalStateException("a call without the text of a request");
        }
        return Integer.parseInt(number.group(1));
    }

    private Behaviour answer(ScriptedRequest request) {
        return ScriptedBrain.behave(request).slowly(callTime, Duration.ZERO);
    }

    private void kill(RunningStack stack, WorkerTopics topics, int round, AtomicLong made, Random random)
            throws IOException, InterruptedException {
        topics.ask(IntStream.range(round * each, (round + 1) * each)
                .mapToObj(number -> Requests.observation("kill", number, false, LEASE)).toList());
        long before = made.get();
        Process worker = stack.worker("worker-" + round);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (made.get() == before && System.nanoTime() < deadline) {
            topics.read();
        }
        Thread.sleep(random.nextLong(each * callTime.toMillis() / 4));
        worker.destroyForcibly().waitFor();
    }

    private static void awaitAnswers(WorkerTopics topics, int wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (topics.exchanges().stream().filter(exchange -> exchange.answer().isPresent()).count() < wanted
                && System.nanoTime() < deadline) {
            topics.read();
        }
    }

    /** Calls that began after the answer to the same request was recorded. */
    private static long paidAgain(Map<Integer, Queue<Instant>> calls, Map<String, Instant> recorded) {
        return calls.entrySet().stream().mapToLong(entry -> {
            Instant since = recorded.get("kill-" + entry.getKey());
            return since == null ? 0 : entry.getValue().stream().filter(since::isBefore).count();
        }).sum();
    }

    /** How often the workers' logs say that they repeat a call. */
    private static long saidToBeRepeated(Path directory) throws IOException {
        long said = 0;
        try (Stream<Path> logs = Files.list(directory)) {
            for (Path log : logs.filter(file -> file.getFileName().toString().startsWith("worker-")).toList()) {
                said += Files.readAllLines(log).stream().filter(line -> line.contains(REPEATED)).count();
            }
        }
        return said;
    }
}
