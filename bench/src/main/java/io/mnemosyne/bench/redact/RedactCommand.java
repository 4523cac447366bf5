package io.mnemosyne.bench.redact;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.bench.RecordedSession;
import io.mnemosyne.core.redact.CredentialRedactor;
import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.redact.TurnRedactor;

/** {@code bench redact}: what redaction finds, what it takes for a secret that is none, and what it costs. */
@Command(name = "redact", mixinStandardHelpOptions = true, description = {
        "Redact samples of secrets and recorded sessions, and print recall by source and family, what is wrongly found, and",
        "the processor time of it on one thread, with and without the memory of clean texts, and for hostile texts."})
public final class RedactCommand implements Callable<Integer> {
    private static final byte[] KEY = "bench".getBytes(StandardCharsets.UTF_8);
    private static final int ROUNDS = 6;
    private static final int TOP = 10;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DATA", description = "Folder with secrets.tar.gz and sessions/normalized.")
    Path data = Path.of("");

    @Option(names = "--against", paramLabel = "CLASSES", description = "memory-core of another version: jar, or directory of classes. Measured in the same run.")
    @Nullable
    Path other;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        CredentialRedactor redactor = new CredentialRedactor(KEY);
        out.print(SampleTable.of(SecretSample.of(data.resolve("secrets.tar.gz")), redactor));
        Path sessions = data.resolve("sessions").resolve("normalized");
        wronglyFound(sessions, redactor, out);
        speed(files(sessions), redactor, out);
        out.printf("%nNanoseconds a character for a text that repeats a link:%n%s",
                Hostile.table(new Measured(redactor::redact)));
        out.flush();
        return 0;
    }

    /** As ingest does it: each text of each turn. */
    private void wronglyFound(Path sessions, Redactor redactor, PrintWriter out) throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        long[] characters = {0};
        TurnRedactor turns = new TurnRedactor(text -> {
            characters[0] += text.length();
            return redactor.redact(text);
        });
        for (RecordedSession session : RecordedSession.read(spec.commandLine(), List.of(sessions))) {
            session.turns().forEach(turn -> turns.redact(turn).counts()
                    .forEach((rule, count) -> found.merge(rule, count, Integer::sum)));
        }
        int total = found.values().stream().mapToInt(Integer::intValue).sum();
        out.printf("%nFound in the turns of recorded sessions: %d in %.1f million characters, %.2f per million%n",
                total,
                characters[0] / 1e6, total * 1e6 / characters[0]);
        found.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(TOP)
                .forEach(entry -> out.printf("| %s | %d |%n", entry.getKey(), entry.getValue()));
    }

    private void speed(List<String> files, Redactor redactor, PrintWriter out) throws IOException {
        Map<String, Measured> ways = new LinkedHashMap<>();
        ways.put("every text looked at", new Measured(redactor::redact));
        ways.put("texts seen before", new Measured(new TenantRedactors(KEY).apply("default")::redact));
        if (other != null) {
            ways.put("the other version", new Measured(OtherVersion.of(other)));
        }
        List<Double> speeds = Measured.megabytesPerSecond(List.copyOf(ways.values()), files, ROUNDS);
        out.printf("%nMillions of characters a second, processor time of one thread, %d files of sessions:%n",
                files.size());
        Iterator<Double> speed = speeds.iterator();
        ways.keySet().forEach(way -> out.printf("| %s | %.0f |%n", way, speed.next()));
    }

    private static List<String> files(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : below.filter(it -> it.toString().endsWith(".jsonl")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
