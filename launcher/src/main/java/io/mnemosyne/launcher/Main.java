package io.mnemosyne.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.mnemosyne.launcher.client.ContextCommand;
import io.mnemosyne.launcher.client.DemoCommand;
import io.mnemosyne.launcher.client.GraphCommand;
import io.mnemosyne.launcher.client.ImportCommand;
import io.mnemosyne.launcher.client.LoadCommand;
import io.mnemosyne.launcher.client.RecallCommand;
import io.mnemosyne.launcher.client.WantedCommands;
import io.mnemosyne.launcher.client.WatchCommand;
import io.mnemosyne.launcher.models.DoctorCommand;
import io.mnemosyne.launcher.replay.EvaluateCommand;
import io.mnemosyne.launcher.replay.ReplayCommand;
import io.mnemosyne.launcher.scan.ScanCommand;
import io.mnemosyne.launcher.up.UpCommand;
import io.mnemosyne.launcher.up.WorkerCommand;

/** The command {@code mnemosyne}. Its exit codes are those of {@link ExitCode}. */
@Command(name = "mnemosyne", mixinStandardHelpOptions = true, version = "mnemosyne 0.1.0-SNAPSHOT", description = "Streaming context memory for LLM agents.", subcommands = {
        UpCommand.class, WorkerCommand.class, DoctorCommand.class, DemoCommand.class, ImportCommand.class,
        ContextCommand.class, RecallCommand.class, WantedCommands.Restore.class, WantedCommands.Release.class,
        WantedCommands.Pin.class, GraphCommand.class, WatchCommand.class,
        LoadCommand.class, ScanCommand.class, ReplayCommand.class,
        EvaluateCommand.class}, synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExit codes:%n")
public final class Main implements Runnable {
    @Spec
    CommandSpec spec = CommandSpec.create();

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with all its commands. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        addToEach(commandLine, ExitCode.help().toArray(String[]::new));
        return commandLine.setExecutionExceptionHandler((e, command, _) -> report(e, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static void addToEach(CommandLine commandLine, String[] exitCodes) {
        commandLine.getCommandSpec().usageMessage().footerHeading("%nExit codes:%n").footer(exitCodes);
        commandLine.getSubcommands().values().forEach(command -> addToEach(command, exitCodes));
    }

    private static int report(Exception e, CommandLine command) throws Exception {
        if (e instanceof CommandFailure failure) {
            command.getErr().println("mnemosyne: " + failure.getMessage());
            return failure.code().number();
        }
        throw e;
    }
}
