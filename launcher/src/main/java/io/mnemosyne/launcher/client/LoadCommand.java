package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.ProgressBar;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.launcher.stack.StackFile;

/** {@code mnemosyne load}: turns at a fixed rate, and how soon each of them is in its context. */
@Command(name = "load", mixinStandardHelpOptions = true, description = {
        "Send turns at a fixed rate and measure how soon each of them is in its context.",
        "The turns are those of a recorded session, over and over, in several new threads at once."})
public final class LoadCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServiceAddress address = new ServiceAddress();

    @Option(names = "--rate", paramLabel = "N", defaultValue = "20", description = "Turns per second, over all threads. Default: ${DEFAULT-VALUE}.")
    double rate = 20;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    int seconds = 60;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "10", description = "Conversations at once. Default: ${DEFAULT-VALUE}.")
    int threads = 10;

    @Option(names = "--session", paramLabel = "FILE", description = "Another recorded session than the sample.")
    Path session = Path.of(System.getProperty("mnemosyne.home", ".")).resolve("samples/mnemosyne-session.jsonl");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rate <= 0 || seconds < 1 || threads < 1) {
            throw new ParameterException(spec.commandLine(), "--rate, --seconds and --threads must be positive.");
        }
        List<RawTurn> turns = SessionFile.open(session, SessionFile.AUTO).readAll(_ -> {
        });
        if (turns.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, session + " has no turns");
        }
        Load load = new Load(address.connect(), turns, Duration.ofNanos((long) (threads * 1e9 / rate)));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "Sending %.0f turns/s for %d s to %d threads%n", rate, seconds, threads);
        out.flush();
        long begin = System.nanoTime();
        send(load);
        report(out, load, (System.nanoTime() - begin) / 1e9);
        return (load.failures() == 0 ? ExitCode.OK : ExitCode.INCOMPLETE).number();
    }

    private void send(Load load) throws InterruptedException {
        String run = "load-" + UUID.randomUUID().toString().substring(0, 8) + "-";
        var bar = new ProgressBar(spec.commandLine().getErr(), "load", Math.round(rate * seconds));
        try (ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, threads).<Future<?>>mapToObj(i -> conversations.submit(() -> {
                load.converse(new ThreadKey(address.tenant, run + i), (double) i / threads, Duration.ofSeconds(seconds),
                        bar);
                return i;
            })).toList();
            for (Future<?> conversation : all) {
                conversation.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailure failure ? failure : new IllegalStateException(e.getCause());
        }
        bar.finish();
    }

    private void report(PrintWriter out, Load load, double took) {
        int sent = load.acknowledged().count();
        out.printf(Locale.ROOT, "%d turns in %.1f s, %.1f turns/s; %d not in their context within %d s%n%n", sent, took,
                sent / took, load.failures(), Load.PATIENCE.toSeconds());
        out.printf("%-42s %9s %9s %9s%n", "milliseconds", "p50", "p99", "longest");
        out.printf("%-42s %s%n", "due, until acknowledged", load.acknowledged().columns());
        out.printf("%-42s %s%n", "acknowledged, until in GET context", load.visible().columns());
        out.printf("%-42s %s%n", "GET context by itself", load.read().columns());
        StackFile.running(address.data).ifPresent(stack -> {
            out.printf("%n%-42s %9s %9s%n", "process", "MiB now", "MiB peak");
            stack.children().forEach(child -> ProcessMemory.of(child.pid()).ifPresent(
                    memory -> out.printf("%-42s %9d %9d%n", child.component(), memory.nowMib(), memory.peakMib())));
        });
        out.flush();
    }
}
