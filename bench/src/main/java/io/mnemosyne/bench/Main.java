package io.mnemosyne.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.mnemosyne.bench.models.BacklogCommand;
import io.mnemosyne.bench.models.FailuresCommand;
import io.mnemosyne.bench.models.KillWorkersCommand;
import io.mnemosyne.bench.models.TracingCommand;
import io.mnemosyne.bench.recall.RecallCommand;
import io.mnemosyne.bench.recall.SearchCommand;
import io.mnemosyne.bench.redact.RedactCommand;
import io.mnemosyne.bench.segmentation.SegmentationCommand;

/** The command {@code bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures Mnemosyne.", subcommands = {
        LongThreadCommand.class, FailuresCommand.class, BacklogCommand.class, KillWorkersCommand.class,
        TracingCommand.class,
        AdmissionCommand.class, LadderCommand.class, LossesCommand.class,
        SegmentationCommand.class, RecallCommand.class,
        SearchCommand.class, RedactCommand.class}, synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Spec
    CommandSpec spec = CommandSpec.create();

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
