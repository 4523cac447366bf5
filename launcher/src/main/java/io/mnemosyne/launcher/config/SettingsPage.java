package io.mnemosyne.launcher.config;

import java.util.stream.Collectors;

/** The page {@code docs/configuration.md}. */
final class SettingsPage {
    private SettingsPage() {
    }

    static String text() {
        return """
               # Configuration

               Generated from the code; a test fails when it is stale.

               One TOML file, named with `--config FILE` or `%s`. Every key can be overridden from the environment, by
               the variable beside it. All errors are reported at once, before anything starts. Secrets come only from
               the environment, or from a file that a key names.

               | Key | Variable | Value | Default | Meaning |
               |---|---|---|---|---|
               %s
               | `kafka.client.*` | `MNEMOSYNE_KAFKA_CLIENT_*` | text |  | Any setting of the Kafka clients, for example \
               `kafka.client.security.protocol`. Passwords only from the environment. |
               """
                .formatted(Settings.FILE_VARIABLE,
                        Keys.ALL.stream().map(SettingsPage::row).collect(Collectors.joining("\n")));
    }

    private static String row(Key key) {
        return "| `%s` | `%s` | %s | %s | %s |".formatted(key.name(), key.variable(), key.kind().shape(),
                key.standard().isEmpty() ? "" : "`" + key.standard() + "`", key.meaning());
    }
}
