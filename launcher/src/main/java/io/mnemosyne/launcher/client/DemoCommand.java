package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

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
import io.mnemosyne.launcher.ProgressBar;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.up.PrintedProgress;
import io.mnemosyne.launcher.up.StackOptions;

/** {@code mnemosyne demo}: the local stack, a recorded session turn by turn, and what became of it. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
        "Start the local stack, play a recorded session into it turn by turn, and print the result.",
        "Without --once the stack keeps running until Ctrl-C."})
public final class DemoCommand implements Callable<Integer> {
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
        SessionFile recorded = SessionFile.open(session, SessionFile.AUTO);
        List<RawTurn> turns = undamaged(recorded);
        ThreadKey thread = new ThreadKey(ThreadKey.DEFAULT_TENANT, recorded.threadName());
        var plan = options.plan().withPipelineEnvironment(Map.of("MNEMOSYNE_POLICY_BUDGET", Long.toString(budget)));
        try (LocalStack stack = LocalStack.prepare(plan, new PrintedProgress(out))) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
            stack.start();
            String service = stack.addresses().service();
            play(new ServiceClient(URI.create(service)), thread, turns, out);
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

    private List<RawTurn> undamaged(SessionFile recorded) throws IOException {
        List<String> malformed = new ArrayList<>();
        List<RawTurn> turns = recorded.readAll(malformed::add);
        if (!malformed.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, session + " is damaged: " + malformed.getFirst());
        }
        return turns;
    }

    private void play(ServiceClient service, ThreadKey thread, List<RawTurn> turns, PrintWriter out) {
        out.printf("%nPlaying %s: %d turns into a budget of %d tokens%n", session.getFileName(), turns.size(), budget);
        out.flush();
        long begin = System.nanoTime();
        Playback playback = new Playback(service, thread);
        Playback.Steps steps = playback.play(turns, budget, new ProgressBar(out, thread.thread(), turns.size()));
        JsonNode stats = playback.settledStats();
        double seconds = (System.nanoTime() - begin) / 1e9;
        long tokens = service.get(thread, "/context").json().path("tokens").asLong();
        excerpt(out, thread, tokens, service.get(thread, "/context?format=markdown").body());
        ThreadTable table = new ThreadTable(out);
        table.header();
        table.row(thread.thread(), stats, tokens, seconds);
        out.printf(Locale.ROOT, "%nLargest view at any of the %d steps: %d tokens; steps over the budget of %d: %d%n",
                turns.size(), steps.largestView(), budget, steps.stepsOver());
        out.flush();
    }

    private static void excerpt(PrintWriter out, ThreadKey thread, long tokens, String context) {
        out.printf("%nThe context of thread %s, %d tokens, begins:%n%n", thread, tokens);
        context.substring(0, Math.min(context.length(), SHOWN_CHARS)).lines()
                .forEach(line -> out.println("  | " + line));
        if (context.length() > SHOWN_CHARS) {
            out.println("  | ...");
        }
        out.println();
    }
}
