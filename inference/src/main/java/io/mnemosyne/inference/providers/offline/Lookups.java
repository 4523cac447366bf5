package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.inference.providers.offline.Transcript.ToolUse;

import static io.mnemosyne.core.LogEntry.Kind.COMMAND;
import static io.mnemosyne.core.LogEntry.Kind.ERROR;
import static io.mnemosyne.core.LogEntry.Kind.FACT;
import static io.mnemosyne.core.LogEntry.Kind.TEST;
import static io.mnemosyne.core.LogEntry.Priority.MINOR;
import static io.mnemosyne.core.LogEntry.Priority.NOTABLE;

/** What tools other than shells and editors were asked and answered: the fields of a JSON answer, or its telling lines. */
final class Lookups {
    private static final double ANSWER = 50;
    private static final double CALL = 30;
    private static final double FAILURE = 45;
    private static final int LONGEST = 700;
    private static final List<String> TELLING = List.of("Applied edit to", "Commit ", "Added ", "Removed ", "Running ",
            "Created ", "Tokens: ");

    private Lookups() {
    }

    static List<Candidate> in(Transcript transcript) {
        List<Candidate> candidates = new ArrayList<>();
        for (ToolUse use : transcript.uses()) {
            boolean elsewhere = Shell.of(use).isPresent() || !FileTouch.of(use).isEmpty();
            if (!elsewhere) {
                entry(use).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static Optional<Candidate> entry(ToolUse use) {
        String call = call(use);
        String output = use.output().strip();
        if (!use.failed() && (output.startsWith("{") || output.startsWith("["))) {
            Arguments answer = Arguments.parse(output);
            if (!answer.fields().isEmpty()) {
                return Optional.of(Candidate.of(ANSWER, NOTABLE, FACT, use.seqs(), use.at(), call + facts(answer)));
            }
        }
        Optional<TestCounts> tests = TestCounts.in(output);
        List<String> errors = ErrorLines.in(output, 3);
        if (use.failed() || !errors.isEmpty()) {
            String why = errors.isEmpty() ? Texts.head(Texts.firstLine(output), 200) : String.join("; ", errors);
            return Optional.of(Candidate.of(FAILURE, NOTABLE, ERROR, use.seqs(), use.at(),
                    call + tests.map(counts -> counts.told() + "; ").orElse("") + why));
        }
        if (tests.isPresent()) {
            return Optional.of(Candidate.of(ANSWER, NOTABLE, TEST, use.seqs(), use.at(), call + tests.get().told()));
        }
        String told = use.tool().isEmpty() ? telling(output) : Texts.head(Texts.oneLine(output), 160);
        String text = (call + told).strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Candidate.of(use.tool().isEmpty() ? CALL / 2 : CALL, MINOR, COMMAND, use.seqs(),
                        use.at(), text));
    }

    private static String call(ToolUse use) {
        return use.tool().isEmpty() ? "" : use.tool() + "(" + use.arguments().brief(300) + "): ";
    }

    /** Fields that share their path are told once with all their values. */
    private static String facts(Arguments answer) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Arguments.Field field : answer.fields()) {
            List<String> known = values.computeIfAbsent(field.path(), _ -> new ArrayList<>());
            String value = Texts.head(Texts.oneLine(field.value()), 120);
            if (!known.contains(value) && known.size() < 12) {
                known.add(value);
            }
        }
        StringBuilder facts = new StringBuilder();
        for (Map.Entry<String, List<String>> field : values.entrySet()) {
            if (facts.length() > LONGEST) {
                break;
            }
            facts.append(facts.isEmpty() ? "" : ", ").append(field.getKey()).append('=')
                    .append(String.join("|", field.getValue()));
        }
        return Texts.head(facts.toString(), LONGEST);
    }

    private static String telling(String output) {
        List<String> lines = Texts.lines(output).stream().map(String::strip)
                .filter(line -> TELLING.stream().anyMatch(line::startsWith) && !line.startsWith("Tokens: ")).limit(4)
                .toList();
        return lines.isEmpty() ? Texts.head(Texts.firstLine(output), 120) : String.join("; ", lines);
    }
}
