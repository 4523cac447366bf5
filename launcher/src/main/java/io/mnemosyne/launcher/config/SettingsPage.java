package io.mnemosyne.launcher.config;

import java.util.List;
import java.util.function.Function;
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

               ## Tables

               Tenants and prices have names of their own, so they stand in tables of the file only, in quotation marks
               where a name has a character besides letters, digits, `-` and `_`. What a tenant's table does not say is
               as in `[models]`. A tenant without a table has the settings of `[models]`, and a budget of its own.

               | Key | Value | Meaning |
               |---|---|---|
               %s

               Figures of prices are made up here: yours are on your provider's price list, in any one currency, which is that of
               `money-per-day`, too.

               ```toml
               [models]
               observer = ["anthropic:some-small-model", "compatible:some-local-model", "offline"]
               reflector = ["anthropic:some-large-model", "offline"]
               summarizer = ["anthropic:some-small-model"]
               money-per-day = 2.50

               [recall]
               models = ["anthropic:some-small-model"]

               [anthropic]
               api-key-file = "/run/secrets/anthropic"

               [compatible]
               base-url = "http://127.0.0.1:11434/v1"

               [tenants.acme]
               observer = ["anthropic:some-large-model", "offline"]
               tokens-per-day = 3_000_000

               [prices."anthropic:some-small-model"]
               input = 0.70
               output = 3.10
               cache-read = 0.07
               cache-write = 0.90

               [prices."anthropic:some-large-model"]
               input = 4.20
               output = 16.90

               [prices."compatible:some-local-model"]
               input = 0
               output = 0
               ```

               `scripts/mnemosyne doctor` says whether the models that are named answer, and what they cost.
               """
                .formatted(Settings.FILE_VARIABLE, rows(Keys.ALL, SettingsPage::row),
                        rows(ModelKeys.IN_TABLES, SettingsPage::rowWithoutVariable));
    }

    /** The example above, for a test that reads it. */
    static String example() {
        return text().substring(text().indexOf("```toml\n") + "```toml\n".length(), text().lastIndexOf("```"));
    }

    private static String rows(List<Key> keys, Function<Key, String> row) {
        return keys.stream().map(row).collect(Collectors.joining("\n"));
    }

    private static String rowWithoutVariable(Key key) {
        return "| `%s` | %s | %s |".formatted(key.name(), key.kind().shape(), key.meaning());
    }

    private static String row(Key key) {
        return "| `%s` | `%s` | %s | %s | %s |".formatted(key.name(), key.variable(), key.kind().shape(),
                key.standard().isEmpty() ? "" : "`" + key.standard() + "`", key.meaning());
    }
}
