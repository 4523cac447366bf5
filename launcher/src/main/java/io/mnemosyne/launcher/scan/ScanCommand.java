package io.mnemosyne.launcher.scan;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.redact.RuleSet;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.config.SettingsOptions;
import io.mnemosyne.launcher.pipeline.RedactionKey;

/** {@code mnemosyne scan}: shows what would be redacted, never the secret. */
@Command(name = "scan", mixinStandardHelpOptions = true, description = {
        "Show what would be redacted in files: where, by which rule, and the line with marks in place of secrets.",
        "Needs no running stack. Marks are those of the data directory's pipeline if it has a key already."})
public final class ScanCommand implements Callable<Integer> {
    private static final int KEY_BYTES = 32;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Options options = new Options();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, directories, or - for standard input. Binary files are passed over.")
    List<String> files = List.of();

    @Option(names = "--tenant", paramLabel = "NAME", defaultValue = "default", description = "Whose marks to show. Default: ${DEFAULT-VALUE}.")
    String tenant = "";

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    boolean json;

    /** The settings, and where own rules are. */
    static final class Options extends SettingsOptions {
        @Option(names = "--rules", paramLabel = "FILE", description = "Rules of your own, in the format of gitleaks (redaction.rules).")
        void rules(Path file) {
            override("MNEMOSYNE_REDACTION_RULES", file.toString());
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Settings settings = options.settings();
        byte[] key = RedactionKey.known(settings.redactionKey(), settings.stack().data())
                .orElseGet(() -> new SecureRandom().generateSeed(KEY_BYTES));
        Scan scan = new Scan(new TenantRedactors(key, RuleSet.of(settings.ownRules())).scanner(tenant), System.in);
        files.forEach(scan::look);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(new TreeMap<>(Map.of("findings", scan.found(), "rules",
                    scan.byRule(), "files", scan.files(), "skipped", scan.skipped()))));
        } else {
            print(scan, out);
        }
        out.flush();
        if (!scan.found().isEmpty()) {
            return ExitCode.SECRETS_FOUND.number();
        }
        return (scan.skipped().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE).number();
    }

    private void print(Scan scan, PrintWriter out) {
        for (Found found : scan.found()) {
            out.printf("%s:%d:%d %s%n    %s%n", found.file(), found.line(), found.column(), found.rule(),
                    found.context());
        }
        out.printf("%d found in %d of %d files%n", scan.found().size(),
                scan.found().stream().map(Found::file).distinct().count(), scan.files());
        scan.byRule().forEach((rule, count) -> out.printf("%7d  %s%n", count, rule));
        scan.skipped().forEach(
                (file, reason) -> spec.commandLine().getErr().printf("mnemosyne: %s was skipped: %s%n", file, reason));
        spec.commandLine().getErr().flush();
    }
}
