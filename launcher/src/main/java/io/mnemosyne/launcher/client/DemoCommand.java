package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.up.PrintedProgress;
import io.mnemosyne.launcher.up.StackOptions;

/** {@code mnemosyne demo}: the local stack, a recorded session turn by turn, and what became of it. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
        "Start the local stack, play a recorded session into it turn by turn, and print the result.",
        "Without --once the stack keeps running until Ctrl-C."})
public final class DemoCommand implements Callable<Integer> {
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SHOWN_CHARS = 3_000;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StackOptions options = new StackOptions();

    @Option(names = "--once", description = "Exit at the end.")
    boolean once;

    @Option(names = "--budget", paramLabel = "TOKENS", defaultValue = "16000", description = "Ceiling of the context; all thresholds follow it. Default: ${DEFAULT-VALUE}.")
    long budget = 16_000;

    @Option(names = "--session", paramLabel = "FILE", description = "Another recorded session than the sample.")
    Path session = Path.of(System.getProperty("mnemosyne.home", ".")).resolve("samples/mnemosyne-session.jsonl");

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<RawTurn> turns = turns();
        var plan = options.plan().withPipelineEnvironment(Map.of("MNEMOSYNE_POLICY_BUDGET", Long.toString(budget)));
        try (LocalStack stack = LocalStack.prepare(plan, new PrintedProgress(out))) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
            stack.start();
            String service = stack.addresses().service();
            play(new ServiceClient(URI.create(service)), turns, out);
            if (once) {
                return ExitCode.OK.number();
            }
            out.printf("%nThe stack keeps running: %s; Ctrl-C stops it.%n", service);
            out.flush();
            stack.awaitEnd().ifPresent(death -> {
                throw death;
            });
            return ExitCode.OK.number();
        }
    }

    private List<RawTurn> turns() throws IOException {
        List<String> malformed = new ArrayList<>();
        List<RawTurn> turns = SessionFile.open(session, SessionFile.AUTO).readAll(malformed::add);
        if (!malformed.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, session + " is damaged: " + malformed.getFirst());
        }
        return turns;
    }

    /** Every turn by itself, and the context after it: the view has to be under its budget at every step. */
    private void play(ServiceClient service, List<RawTurn> turns, PrintWriter out) throws IOException {
        ThreadKey thread = new ThreadKey(ThreadKey.DEFAULT_TENANT,
                SessionFile.open(session, SessionFile.AUTO).threadName());
        out.printf("%nPlaying %s: %d turns into a budget of %d tokens%n", session.getFileName(), turns.size(), budget);
        out.flush();
        long begin = System.nanoTime();
        var bar = new ProgressBar(out, thread.thread(), turns.size());
        long largest = 0;
        int over = 0;
        for (RawTurn turn : turns) {
            TurnBatches batch = new TurnBatches(service, thread);
            batch.add(turn);
            batch.flush();
            String position = batch.position().orElseThrow(() -> new CommandFailure(ExitCode.INCOMPLETE,
                    "the service did not take " + turn.eventId() + ": " + batch.rejected()));
            long tokens = tokensAfter(service, thread, position);
            largest = Math.max(largest, tokens);
            over += tokens > budget ? 1 : 0;
            bar.add(1);
        }
        bar.finish();
        JsonNode stats = settledStats(service, thread);
        long tokens = service.get(thread, "/context").json().path("tokens").asLong();
        double seconds = (System.nanoTime() - begin) / 1e9;
        result(out, service, thread, tokens);
        ThreadTable table = new ThreadTable(out);
        table.header();
        table.row(thread.thread(), stats, tokens, seconds);
        out.printf(Locale.ROOT, "%nLargest view at any of the %d steps: %d tokens; steps over the budget of %d: %d%n",
                turns.size(), largest, budget, over);
        out.flush();
    }

    private static long tokensAfter(ServiceClient service, ThreadKey thread, String position) {
        ServiceClient.Answer answer = service.get(thread, "/context?wait=30000&after=" + position);
        if (answer.status() != 200) {
            throw new CommandFailure(ExitCode.NOT_READY,
                    "a turn was not in the context after 30 s; see the pipeline's log");
        }
        return answer.json().path("tokens").asLong();
    }

    /** Observations and reflections come behind the turns; the numbers are those once nothing moves any more. */
    private static JsonNode settledStats(ServiceClient service, ThreadKey thread) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode last = service.get(thread, "/stats").json();
        long since = System.nanoTime();
        while (System.nanoTime() - since < SETTLED.toNanos() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            JsonNode now = service.get(thread, "/stats").json();
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
        }
        return last;
    }

    private static void result(PrintWriter out, ServiceClient service, ThreadKey thread, long tokens) {
        String text = service.get(thread, "/context?format=markdown").body();
        out.printf("%nThe context of thread %s, %d tokens, begins:%n%n", thread, tokens);
        text.substring(0, Math.min(text.length(), SHOWN_CHARS)).lines().forEach(line -> out.println("  | " + line));
        if (text.length() > SHOWN_CHARS) {
            out.println("  | ...");
        }
        out.println();
    }
}
