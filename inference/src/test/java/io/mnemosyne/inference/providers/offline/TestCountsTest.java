package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TestCountsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"=== 3 failed, 45 passed, 2 skipped in 1.2s ===|45|3|2",
            "Tests run: 12, Failures: 1, Errors: 2, Skipped: 3|6|3|3", "Tests:       1 failed, 7 passed, 8 total|7|1|0",
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured|5|0|1", "  12 passing (30ms)|12|0|0",
            "There are 2 failing test cases, here is the log|0|2|0"})
    void shouldReadTheSummaryOfEveryRunner(String line, int passed, int failed, int skipped) {
        // when
        TestCounts counts = TestCounts.in("some output\n" + line + "\nmore output\n").orElseThrow();
        // then
        assertThat(counts.passed()).isEqualTo(passed);
        assertThat(counts.failed()).isEqualTo(failed);
        assertThat(counts.skipped()).isEqualTo(skipped);
    }

    @Test
    void shouldSubtractFailuresOfUnittest() {
        // when
        TestCounts counts = TestCounts.in("Ran 12 tests in 0.3s\n\nFAILED (failures=1, errors=2)\n").orElseThrow();
        // then
        assertThat(counts.passed()).isEqualTo(9);
        assertThat(counts.failed()).isEqualTo(3);
    }

    @Test
    void shouldReadNodeAndGo() {
        assertThat(TestCounts.in("# pass 12\n# fail 1\n").orElseThrow().told()).isEqualTo("12 passed, 1 failed");
        assertThat(TestCounts.in("ok  \tpkg/a\t0.1s\nFAIL\tpkg/b\t0.2s\n").orElseThrow().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            cargo   | test result: ok. 45 passed; 0 failed; 1 ignored;~Doc-tests~test result: ok. 0 passed; 0 failed; | 45|0|1
                                            Maven   | Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s~Tests run: 2, Failures: 0, Errors: 0, Skipped: 0~Tests run: 7, Failures: 1, Errors: 0, Skipped: 0 | 8|1|0
                                            Maven, stopped after its first module | Tests run: 2, Failures: 0, Errors: 0, Skipped: 0~Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 1 s | 4|1|0
                                            Gradle  | 12 tests completed, 3 failed~5 tests completed, 1 failed, 1 skipped | 12|4|1
                                            jest    | Test Suites: 1 passed, 1 total~Tests:       7 passed, 7 total~Test Suites: 2 passed, 2 total~Tests:       1 skipped, 4 passed, 5 total | 11|0|1
                                            jest, a suite does not load | Test Suites: 1 failed, 1 passed, 2 total~Tests:       7 passed, 7 total | 7|1|0
                                            mocha   | 12 passing (30ms)~1 pending~2 failing | 12|2|1
                                            pytest, printed twice | == 1 failed, 4 passed in 1.2s ==~== 1 failed, 4 passed in 1.2s == | 4|1|0
                                            unittest| Ran 3 tests in 0.1s~OK (skipped=1)~Ran 4 tests in 0.1s~FAILED (failures=1) | 5|1|1
                                            """)
    void shouldAddUpTheSummariesOfOneOutput(String runner, String lines, int passed, int failed, int skipped) {
        // when
        TestCounts counts = TestCounts.in(lines.replace('~', '\n')).orElseThrow();
        // then
        assertThat(counts).as(runner).extracting(TestCounts::passed, TestCounts::failed, TestCounts::skipped)
                .containsExactly(passed, failed, skipped);
    }

    @Test
    void shouldNameFailingTests() {
        // when
        TestCounts counts = TestCounts.in("FAILED tests/test_a.py::test_one - assert 1 == 2\n== 1 failed in 1s ==\n")
                .orElseThrow();
        // then
        assertThat(counts.told()).isEqualTo("0 passed, 1 failed: tests/test_a.py::test_one".replace("0 passed, ", ""));
        assertThat(counts.failed()).isEqualTo(1);
    }

    @Test
    void shouldFindNoTestsInProse() {
        assertThat(TestCounts.in("I passed 3 arguments and one of 4 passed attempts failed twice.")).isEmpty();
    }
}
