package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.redact.Allowlist;
import io.mnemosyne.core.redact.Allowlist.Target;
import io.mnemosyne.core.redact.OwnRule;
import io.mnemosyne.core.redact.OwnRules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RuleFileTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldReadRulesAsGitleaksWritesThem() throws IOException {
        // when
        Settings settings = settings("""
                                     title = "ours"
                                     [extend]
                                     useDefault = true
                                     disabledRules = ["jwt"]
                                     [[rules]]
                                     id = "acme"
                                     description = "ACME's tickets"
                                     regex = '''(ticket)-([a-z]{8})'''
                                     secretGroup = 2
                                     entropy = 2.5
                                     keywords = ["ticket-"]
                                     tags = ["tickets"]
                                     path = '''\\.txt$'''
                                     [[rules.allowlists]]
                                     regexTarget = "line"
                                     condition = "AND"
                                     regexes = ['''# fake''']
                                     stopwords = ["sample"]
                                     [[rules]]
                                     id = "plain"
                                     regex = "plain-[0-9]{4}"
                                     [rules.allowlist]
                                     regexes = ["0000"]
                                     [allowlist]
                                     stopwords = ["nothing"]
                                     """);
        // then
        assertThat(settings.ownRules()).isEqualTo(new OwnRules(
                List.of(new OwnRule("acme", "(ticket)-([a-z]{8})", 2, List.of("ticket-"), 2.5,
                        List.of(new Allowlist(Target.LINE, List.of("# fake"), List.of("sample"), true))),
                        new OwnRule("plain", "plain-[0-9]{4}", 0, List.of(), 0,
                                List.of(new Allowlist(Target.SECRET, List.of("0000"), List.of(), false)))),
                true, Set.of("jwt"), List.of(new Allowlist(Target.SECRET, List.of(), List.of("nothing"), false))));
    }

    @Test
    void shouldTellEverythingThatIsWrongWithARuleFileAtOnce() {
        assertThatThrownBy(() -> settings("""
                                          [extend]
                                          usedefault = true
                                          [[rules]]
                                          id = "look-behind"
                                          regex = "(?<=a)b"
                                          keyword = ["a"]
                                          [[rules]]
                                          id = "by-path"
                                          path = "secret.txt"
                                          [[rules]]
                                          id = "group"
                                          regex = "a(b)"
                                          secretGroup = 7
                                          entropy = "high"
                                          [rules.allowlist]
                                          regexTarget = "file"
                                          """)).hasMessageContaining("the configuration has 7 errors")
                .hasMessageContaining("[extend] has 'usedefault', which is no key here: did you mean useDefault?")
                .hasMessageContaining("redaction.rules: " + directory.resolve("rules.toml")
                        + ": rule 'look-behind': regex cannot be compiled")
                .hasMessageContaining("rule 'look-behind' has 'keyword', which is no key here: did you mean keywords?")
                .hasMessageContaining("rule 'by-path' has no regex: give one")
                .hasMessageContaining("rule 'group': secretGroup is 7, but the regex has 1 groups")
                .hasMessageContaining("rule 'group': entropy must be a number")
                .hasMessageContaining("regexTarget is 'file' and must be secret, match or line");
    }

    @Test
    void shouldTellThatARuleFileCannotBeRead() {
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_REDACTION_RULES", "/no/such.toml")))
                .hasMessageContaining("redaction.rules: /no/such.toml: cannot be read");
    }

    private Settings settings(String rules) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.toml"), rules);
        return Settings.read(Map.of("MNEMOSYNE_REDACTION_RULES", file.toString()));
    }
}
