package io.mnemosyne.launcher.models;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.config.SettingsOptions;

/** {@code mnemosyne doctor}: whether the settings can be read and the models that they name answer. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = {
        "Check the settings, and call each model that they name once, with a few tokens.",
        "Needs no running stack. Keys are never printed."})
public final class DoctorCommand implements Callable<Integer> {
    private final BiFunction<ModelSettings, ModelId, ChatModel> chats;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    SettingsOptions options = new SettingsOptions();

    @Option(names = "--tenant", paramLabel = "NAME", description = "Check the models of this tenant only. Default: of all.")
    @Nullable
    String tenant;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30", description = "How long a model may take. Default: ${DEFAULT-VALUE}.")
    int timeout;

    /** The command with the models that settings name. */
    public DoctorCommand() {
        this(ConfiguredModels::chat);
    }

    /** @param chats the model of an id, as it is */
    DoctorCommand(BiFunction<ModelSettings, ModelId, ChatModel> chats) {
        this.chats = chats;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout must be at least 1");
        }
        Settings.Models configured = options.settings().models();
        Map<String, Chains> chains = chains(configured.settings());
        List<ModelId> models = chains.values().stream().flatMap(ConfiguredModels::named).distinct().toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println("The settings can be used.");
        boolean well = true;
        if (models.isEmpty()) {
            out.println(
                    "Everybody has the offline extractor, so nothing is called; models.observer and recall.models name models.");
        } else if (!configured.calls()) {
            out.println("models.mode is one in which nothing is called, so nothing is called here either.");
        } else {
            out.println();
            Doctor doctor = new Doctor(configured.settings(), chats, Duration.ofSeconds(timeout), out);
            well = doctor.check(models);
            doctor.printBudgets(chains);
        }
        out.flush();
        return (well ? ExitCode.OK : ExitCode.MODEL_FAILED).number();
    }

    /** By the name of the tenant. */
    private Map<String, Chains> chains(ModelSettings settings) {
        if (tenant != null) {
            return Map.of(tenant, settings.tenants().getOrDefault(tenant, settings.standard()));
        }
        Map<String, Chains> chains = new LinkedHashMap<>();
        chains.put(settings.tenants().isEmpty() ? "each tenant" : "each other tenant", settings.standard());
        chains.putAll(new TreeMap<>(settings.tenants()));
        return chains;
    }
}
