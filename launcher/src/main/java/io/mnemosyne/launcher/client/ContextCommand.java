package io.mnemosyne.launcher.client;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.ExitCode;

/** {@code mnemosyne context}: prints the compacted context of a thread. */
@Command(name = "context", mixinStandardHelpOptions = true, description = "Print the compacted context of a thread.")
public final class ContextCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServiceAddress address = new ServiceAddress();

    @Parameters(paramLabel = "THREAD", description = "Name of the thread.")
    String thread = "";

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "markdown", description = "markdown, json or anthropic. Default: ${DEFAULT-VALUE}.")
    String format = "markdown";

    @Option(names = "--budget", paramLabel = "TOKENS", description = "Ceiling; by default that of the thread's policy.")
    @Nullable
    Long budget;

    @Override
    public Integer call() {
        String query = "/context?format=" + format + (budget == null ? "" : "&budget=" + budget);
        spec.commandLine().getOut()
                .println(address.connect().get(new ThreadKey(address.tenant, thread), query).body());
        spec.commandLine().getOut().flush();
        return ExitCode.OK.number();
    }
}
