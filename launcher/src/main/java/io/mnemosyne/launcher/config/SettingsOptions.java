package io.mnemosyne.launcher.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import picocli.CommandLine.Option;

/** The options of every command that needs settings. Each option of a subclass overrides one. */
public class SettingsOptions {
    /** The given options as the environment variables of the settings that they override. */
    private final Map<String, String> overrides = new HashMap<>();

    @Option(names = "--config", paramLabel = "FILE", description = "TOML file with settings; see docs/configuration.md.")
    void config(Path path) {
        override(Settings.FILE_VARIABLE, path.toString());
    }

    /** The settings with the options laid over them. */
    public final Settings settings() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(overrides);
        return Settings.read(environment);
    }

    protected final Map<String, String> overrides() {
        return Map.copyOf(overrides);
    }

    /** Lets an option take the place of an environment variable. */
    protected final void override(String variable, String value) {
        overrides.put(variable, value);
    }
}
