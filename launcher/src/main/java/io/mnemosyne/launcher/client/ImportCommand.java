package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.ProgressBar;
import io.mnemosyne.launcher.importer.SessionFile;

/** {@code mnemosyne import}: streams recorded sessions in, each as one thread. */
@Command(name = "import", mixinStandardHelpOptions = true, description = {
        "Stream recorded sessions in, each as one thread named after its file.",
        "Importing a file again adds nothing, since each turn keeps its id."})
public final class ImportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServiceAddress address = new ServiceAddress();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recorded sessions.")
    List<Path> files = List.of();

    @Option(names = "--format", paramLabel = "NAME", defaultValue = SessionFile.AUTO, description = "auto, mnemosyne, claude-code or pi. Default: ${DEFAULT-VALUE}.")
    String format = SessionFile.AUTO;

    @Option(names = "--thread", paramLabel = "NAME", description = "Name of the thread; only with a single file.")
    @Nullable
    String thread;

    @Override
    public Integer call() {
        if (thread != null && files.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--thread names one thread, but there are several files.");
        }
        ServiceClient service = address.connect();
        ThreadTable table = new ThreadTable(spec.commandLine().getOut());
        table.header();
        boolean complete = true;
        for (Path file : files) {
            complete &= importFile(service, file, table);
        }
        return (complete ? ExitCode.OK : ExitCode.INCOMPLETE).number();
    }

    private boolean importFile(ServiceClient service, Path file, ThreadTable table) {
        PrintWriter err = spec.commandLine().getErr();
        long begin = System.nanoTime();
        try {
            SessionFile session = SessionFile.open(file, format);
            ThreadKey key = new ThreadKey(address.tenant, thread == null ? session.threadName() : thread);
            var bar = new ProgressBar(err, key.thread(), session.bytes());
            var sending = new Sending(new TurnBatches(service, key), bar, file, err);
            session.read(sending);
            sending.finish();
            sending.batches.position().ifPresent(position -> {
                long tokens = service.contextAfter(key, position).path("tokens").asLong();
                table.row(key.thread(), service.get(key, "/stats").json(), tokens, (System.nanoTime() - begin) / 1e9);
            });
            return sending.malformed == 0 && sending.batches.rejected().isEmpty();
        } catch (IOException | IllegalArgumentException e) {
            return notImported(file, e);
        } catch (CommandFailure e) {
            if (e.code() == ExitCode.REFUSED) {
                return notImported(file, e);
            }
            throw e;
        }
    }

    /** The other files go on. */
    private boolean notImported(Path file, Exception reason) {
        spec.commandLine().getErr().printf("cannot import all of %s: %s%n", file, reason.getMessage());
        spec.commandLine().getErr().flush();
        return false;
    }

    /** Passes turns on, and reports what cannot be. */
    private static final class Sending implements SessionFile.Listener {
        private final TurnBatches batches;
        private final ProgressBar bar;
        private final Path file;
        private final PrintWriter err;
        private int malformed;

        Sending(TurnBatches batches, ProgressBar bar, Path file, PrintWriter err) {
            this.batches = batches;
            this.bar = bar;
            this.file = file;
            this.err = err;
        }

        @Override
        public void turn(RawTurn turn) {
            batches.add(turn);
        }

        @Override
        public void malformed(int line, String reason) {
            malformed++;
            err.printf("%s:%d: skipped: %s%n", file, line, reason);
            err.flush();
        }

        @Override
        public void progress(long characters) {
            bar.add(characters);
        }

        void finish() {
            batches.flush();
            bar.finish();
            batches.rejected().forEach(reason -> err.printf("%s: not taken: %s%n", file, reason));
            err.flush();
        }
    }
}
