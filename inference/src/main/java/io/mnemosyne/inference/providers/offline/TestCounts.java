package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test run came to. Reads the summaries of pytest, unittest, Maven, Gradle, jest, vitest, node, go, cargo, and
 * any line of the form {@code 3 passed, 1 failed}. Several summaries in one output, as of crates, modules and workspaces,
 * add up.
 *
 * @param failing names of failing tests, at most five
 * @param after what the output says after its last summary
 */
record TestCounts(int passed, int failed, int skipped, List<String> failing, String after) {
    private static final int MAX_FAILING = 5;
    private static final Pattern COUNT = Pattern
            .compile("(\\d{1,6}) (passed|passing|failed|failing|failures?|errors?|skipped|pending|ignored)\\b");
    private static final Pattern SUMMARY = Pattern.compile(
            "^(?:=+ |Tests:? |Test Files |Test Suites:|test result:|There (?:are|were) |\\d{1,6} (?:passed|passing|failed|failing|pending$))");
    /** Of pytest: the same counts in the same time are one run that was printed twice. */
    private static final Pattern TIMED = Pattern.compile("(?:passed|failed|skipped|errors?|warnings?) in \\d");
    private static final Pattern GRADLE = Pattern
            .compile("^(\\d{1,6}) tests? completed(?:, (\\d{1,6}) failed)?(?:, (\\d{1,6}) skipped)?");
    private static final Pattern MAVEN = Pattern
            .compile("Tests run: (\\d{1,6}), Failures: (\\d{1,6}), Errors: (\\d{1,6}), Skipped: (\\d{1,6})");
    private static final Pattern UNITTEST = Pattern.compile("^Ran (\\d{1,6}) tests? in ");
    private static final Pattern UNITTEST_ENDED = Pattern.compile("\\b(failures|errors|skipped)=(\\d{1,6})");
    private static final Pattern NODE = Pattern.compile("^(?:#|ℹ) (pass|fail|skipped) (\\d{1,6})$");
    private static final Pattern FAILING = Pattern.compile(
            "^(?:FAILED |--- FAIL: |not ok \\d{1,6} - |✖ |✕ |● |--- (?=[\\w.]{1,200}::)|FAIL: |test (?=[\\w:]{1,200} \\.\\.\\. FAILED))(.{1,200})");

    TestCounts {
        failing = List.copyOf(failing);
    }

    static Optional<TestCounts> in(String output) {
        Tally tally = new Tally();
        List<String> lines = Texts.lines(output);
        int after = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (tally.read(lines.get(i))) {
                after = i + 1;
            }
        }
        return tally.result(String.join("\n", lines.subList(after, lines.size())));
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
        private final Sum tests = new Sum();
        /** Maven's classes since the last total, which counts them again. */
        private final Sum classes = new Sum();
        /** What holds tests: jest's suites, vitest's files, Go's packages. */
        private final Sum suites = new Sum();
        private final Set<String> timed = new HashSet<>();
        private final Set<String> failing = new LinkedHashSet<>();

        /** Whether the line is a summary, or part of one. */
        boolean read(String raw) {
            String line = raw.strip();
            if (line.isEmpty()) {
                return false;
            }
            failing(line);
            Matcher counts = MAVEN.matcher(line);
            if (counts.find()) {
                return maven(counts, line.contains("Time elapsed"));
            }
            if (line.startsWith("ok  \t")) {
                return suites.add(1, 0, 0);
            }
            if (line.startsWith("FAIL\t")) {
                return suites.add(0, 1, 0);
            }
            counts = GRADLE.matcher(line);
            if (counts.find()) {
                return tests.ran(number(counts, 1), number(counts, 2), number(counts, 3));
            }
            counts = UNITTEST.matcher(line);
            if (counts.find()) {
                return tests.ran(number(counts, 1), 0, 0);
            }
            if (tests.seen && (line.startsWith("FAILED (") || line.startsWith("OK ("))) {
                return unittest(line);
            }
            counts = NODE.matcher(line);
            return counts.find() ? tests.add(counts.group(1), number(counts, 2)) : counted(line);
        }

        private void failing(String line) {
            Matcher name = FAILING.matcher(line);
            if (failing.size() < MAX_FAILING && name.find() && !line.startsWith("FAILED (")) {
                String told = name.group(1);
                int reason = told.indexOf(" - ");
                failing.add((reason > 0 ? told.substring(0, reason) : told).strip());
            }
        }

        private boolean maven(Matcher counts, boolean ofOneClass) {
            if (!ofOneClass) {
                classes.clear();
            }
            return (ofOneClass ? classes : tests).ran(number(counts, 1), number(counts, 2) + number(counts, 3),
                    number(counts, 4));
        }

        private boolean unittest(String line) {
            Matcher counts = UNITTEST_ENDED.matcher(line);
            while (counts.find()) {
                boolean skipped = counts.group(1).equals("skipped");
                int number = number(counts, 2);
                tests.add(-number, skipped ? 0 : number, skipped ? number : 0);
            }
            return true;
        }

        private boolean counted(String line) {
            if (!SUMMARY.matcher(line).find() || (TIMED.matcher(line).find() && !timed.add(line))) {
                return false;
            }
            Sum sum = line.startsWith("Test Suites:") || line.startsWith("Test Files ") ? suites : tests;
            Matcher count = COUNT.matcher(line);
            boolean any = false;
            while (count.find()) {
                any = sum.add(count.group(2), number(count, 1));
            }
            return any;
        }

        private static int number(Matcher counts, int group) {
            return counts.group(group) == null ? 0 : Integer.parseInt(counts.group(group));
        }

        Optional<TestCounts> result(String after) {
            if (classes.seen) {
                tests.add(classes.passed, classes.failed, classes.skipped);
            }
            Sum sum = tests.seen ? tests : suites;
            // A suite that cannot be loaded has no test that could fail.
            int failed = sum.failed == 0 ? suites.failed : sum.failed;
            return sum.seen
                    ? Optional.of(new TestCounts(Math.max(0, sum.passed), failed, sum.skipped,
                            new ArrayList<>(failing), after))
                    : Optional.empty();
        }
    }

    private static final class Sum {
        private boolean seen;
        private int passed;
        private int failed;
        private int skipped;

        boolean ran(int all, int nowFailed, int nowSkipped) {
            return add(all - nowFailed - nowSkipped, nowFailed, nowSkipped);
        }

        boolean add(String outcome, int number) {
            return switch (outcome) {
                case "passed", "passing", "pass" -> add(number, 0, 0);
                case "skipped", "pending", "ignored" -> add(0, 0, number);
                default -> add(0, number, 0);
            };
        }

        boolean add(int nowPassed, int nowFailed, int nowSkipped) {
            seen = true;
            passed += nowPassed;
            failed += nowFailed;
            skipped += nowSkipped;
            return true;
        }

        void clear() {
            seen = false;
            passed = 0;
            failed = 0;
            skipped = 0;
        }
    }
}
