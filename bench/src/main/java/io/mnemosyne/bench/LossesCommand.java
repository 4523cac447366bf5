package io.mnemosyne.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.replay.loss.LossMeasure;
import io.mnemosyne.replay.loss.LossReport;

/** {@code bench losses}: whether shorter forms of objects say what they lack. */
@Command(name = "losses", mixinStandardHelpOptions = true, description = {
        "Make the shorter forms of random objects of recorded sessions, and print how many of the paths, identifiers and numbers",
        "that a form lacks and the session uses later are declared as lost. Exits with 1 if one is declared that is not lost."})
final class LossesCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SESSIONS", arity = "1..*", description = "Sessions in Mnemosyne's own form, a turn per line: files, or directories with *.jsonl.")
    List<Path> sessions = List.of();

    @Option(names = "--objects", paramLabel = "N", defaultValue = "500", description = "How many objects. Default: ${DEFAULT-VALUE}.")
    int objects;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the choice; the same seed chooses the same objects. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Override
    public Integer call() throws IOException {
        LossMeasure measure = new LossMeasure(O200kTokenCounter.shared(), FidelityRules.DEFAULT.smallest());
        RecordedSession.read(spec.commandLine(), sessions).stream().map(RecordedSession::recording)
                .forEach(measure::add);
        Stopwatch stopwatch = new Stopwatch(new Shortening(O200kTokenCounter.shared()));
        measure.measure(objects, seed, stopwatch::forms);
        stopwatch.reset(); // only the second round finds compiled code
        LossReport report = measure.measure(objects, seed, stopwatch::forms);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d of %,d objects of %d tokens or more, seed %d%n%n", report.objects(), report.candidates(),
                FidelityRules.DEFAULT.smallest(), seed);
        out.print(report.table());
        out.printf("%n%s%n", stopwatch);
        out.flush();
        return report.rows().stream().allMatch(row -> row.untrue() == 0) ? 0 : 1;
    }

    /** Measures the processor time of the forms that it makes. */
    private static final class Stopwatch {
        private static final int BYTES_PER_KIB = 1_024;
        private final Shortening shortening;
        private final List<Duration> times = new ArrayList<>();
        private long characters;

        Stopwatch(Shortening shortening) {
            this.shortening = shortening;
        }

        Forms forms(SemanticObject object, String text) {
            ThreadMXBean clock = ManagementFactory.getThreadMXBean();
            long start = clock.getCurrentThreadCpuTime();
            Forms forms = shortening.of(object, text);
            times.add(Duration.ofNanos(clock.getCurrentThreadCpuTime() - start));
            characters += text.length();
            return forms;
        }

        void reset() {
            times.clear();
            characters = 0;
        }

        @Override
        public String toString() {
            Durations spread = Durations.of(times);
            long micros = times.stream().reduce(Duration.ZERO, Duration::plus).toNanos() / 1_000;
            return String.format(Locale.ROOT,
                    "Forms took %.0f microseconds of CPU per KiB; of an object p50 %.1f, p99 %.1f, longest %.1f ms.",
                    (double) micros * BYTES_PER_KIB / Math.max(1, characters), spread.p50(), spread.p99(),
                    spread.longest());
        }
    }
}
