package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test run came to. Reads the summaries of pytest, unittest, Maven, Gradle, jest, vitest, node, go, cargo, and
 * any line of the form {@code 3 passed, 1 failed}; the last summary of an output counts.
 *
 * @param failing names of failing tests, at most five
 */
record TestCounts(int passed, int failed, int skipped, List<String> failing) {
    private static final int MAX_FAILING = 5;
    private static final Pattern COUNT = Pattern
            .compile("(\\d{1,6}) (passed|passing|failed|failing|failures?|errors?|skipped|pending|ignored)\\b");
    private static final Pattern SUMMARY = Pattern.compile(
            "^(?:=+ |Tests:? |Test Files |Test Suites:|test result:|There (?:are|were) |\\d{1,6} (?:passed|passing|failed|failing))");
    private static final Pattern MAVEN = Pattern
            .compile("Tests run: (\\d{1,6}), Failures: (\\d{1,6}), Errors: (\\d{1,6}), Skipped: (\\d{1,6})");
    private static final Pattern UNITTEST = Pattern.compile("^Ran (\\d{1,6}) tests? in ");
    private static final Pattern UNITTEST_FAILED = Pattern.compile("(?:failures|errors)=(\\d{1,6})");
    private static final Pattern NODE = Pattern.compile("^(?:#|ℹ) (pass|fail|skipped) (\\d{1,6})$");
    private static final Pattern FAILING = Pattern.compile(
            "^(?:FAILED |--- FAIL: |not ok \\d{1,6} - |✖ |✕ |● |--- (?=[\\w.]{1,200}::)|FAIL: |test (?=[\\w:]{1,200} \\.\\.\\. FAILED))(.{1,200})");

    TestCounts {
        failing = List.copyOf(failing);
    }

    static Optional<TestCounts> in(String output) {
        Tally tally = new Tally();
        Texts.lines(output).forEach(tally::read);
        return tally.result();
    }

    boolean green() {
        return failed == 0;
    }

    /** For example {@code 45 passed, 3 failed (test_a, test_b)}. */
    String told() {
        StringBuilder told = new StringBuilder();
        if (passed > 0 || failed == 0) {
            told.append(passed).append(" passed, ");
        }
        told.append(failed).append(" failed");
        if (skipped > 0) {
            told.append(", ").append(skipped).append(" skipped");
        }
        if (!failing.isEmpty() && failed > 0) {
            told.append(": ").append(String.join("; ", failing));
        }
        return told.toString();
    }

    private static final class Tally {
        private int passed = -1;
        private int failed;
        private int skipped;
        private int goFailed;
        private int goPassed;
        private final Set<String> failing = new LinkedHashSet<>();

        void read(String raw) {
            String line = raw.strip();
            if (line.isEmpty()) {
                return;
            }
            failing(line);
            if (line.contains("Tests run:")) {
                maven(line);
            } else if (line.startsWith("Ran ")) {
                unittest(line);
            } else if (passed >= 0 && line.startsWith("FAILED (")) {
                unittestFailed(line);
            } else if (line.startsWith("# ") || line.startsWith("ℹ ")) {
                node(line);
            } else if (line.startsWith("ok  \t")) {
                goPassed++;
            } else if (line.startsWith("FAIL\t")) {
                goFailed++;
            } else {
                counted(line);
            }
        }

        private void failing(String line) {
            Matcher name = FAILING.matcher(line);
            if (failing.size() < MAX_FAILING && name.find() && !line.startsWith("FAILED (")) {
                String told = name.group(1);
                int reason = told.indexOf(" - ");
                failing.add((reason > 0 ? told.substring(0, reason) : told).strip());
            }
        }

        private void counted(String line) {
            if (!SUMMARY.matcher(line).find()) {
                return;
            }
            Matcher count = COUNT.matcher(line);
            boolean first = true;
            while (count.find()) {
                if (first) {
                    set(0, 0, 0);
                    first = false;
                }
                int number = Integer.parseInt(count.group(1));
                switch (count.group(2).toLowerCase(Locale.ROOT)) {
                    case "passed", "passing" -> passed += number;
                    case "skipped", "pending", "ignored" -> skipped += number;
                    default -> failed += number;
                }
            }
        }

        private void maven(String line) {
            Matcher counts = MAVEN.matcher(line);
            if (counts.find()) {
                int wrong = Integer.parseInt(counts.group(2)) + Integer.parseInt(counts.group(3));
                int left = Integer.parseInt(counts.group(4));
                set(Integer.parseInt(counts.group(1)) - wrong - left, wrong, left);
            }
        }

        private void unittest(String line) {
            Matcher counts = UNITTEST.matcher(line);
            if (counts.find()) {
                set(Integer.parseInt(counts.group(1)), 0, 0);
            }
        }

        private void unittestFailed(String line) {
            Matcher counts = UNITTEST_FAILED.matcher(line);
            while (counts.find()) {
                int wrong = Integer.parseInt(counts.group(1));
                failed += wrong;
                passed = Math.max(0, passed - wrong);
            }
        }

        private void node(String line) {
            Matcher counts = NODE.matcher(line);
            if (counts.find()) {
                int number = Integer.parseInt(counts.group(2));
                passed = Math.max(0, passed);
                switch (counts.group(1)) {
                    case "pass" -> passed = number;
                    case "fail" -> failed = number;
                    default -> skipped = number;
                }
            }
        }

        private void set(int nowPassed, int nowFailed, int nowSkipped) {
            passed = nowPassed;
            failed = nowFailed;
            skipped = nowSkipped;
        }

        Optional<TestCounts> result() {
            if (passed < 0 && goPassed + goFailed > 0) {
                set(goPassed, goFailed, 0);
            }
            return passed < 0
                    ? Optional.empty()
                    : Optional.of(new TestCounts(passed, failed, skipped, new ArrayList<>(failing)));
        }
    }
}
