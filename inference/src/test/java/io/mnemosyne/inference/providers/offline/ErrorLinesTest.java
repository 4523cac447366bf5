package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorLinesTest {

    @Test
    void shouldNameTheExceptionAndItsPlaceWhenPythonFails() {
        // given
        String output = """
                        Traceback (most recent call last):
                          File "/app/main.py", line 5, in <module>
                            run()
                          File "/app/lib.py", line 77, in run
                            raise ValueError("bad width")
                        ValueError: bad width
                        """;
        // when / then
        assertThat(ErrorLines.in(output, 3)).containsExactly("ValueError: bad width (/app/lib.py:77)");
        assertThat(ErrorLines.certain(output)).isTrue();
    }

    @Test
    void shouldKeepCauseWhenJavaFails() {
        // given
        String output = """
                        Exception in thread "main" java.lang.IllegalStateException: no store
                        \tat app.Main.main(Main.java:3)
                        Caused by: java.io.IOException: disk full
                        """;
        // when / then
        assertThat(ErrorLines.in(output, 3)).containsExactly(
                "Exception in thread \"main\" java.lang.IllegalStateException: no store",
                "Caused by: java.io.IOException: disk full");
    }

    @Test
    void shouldKeepFileAndLineOfACompilerError() {
        assertThat(ErrorLines.in("../tui/wrap.ts(83,52): error TS2353: Object literal\nfine\n", 3))
                .containsExactly("../tui/wrap.ts(83,52): error TS2353: Object literal");
    }

    @Test
    void shouldPreferCertainLinesWhenSpaceIsShort() {
        assertThat(ErrorLines.in("[ERROR] noise\n[ERROR] more noise\nbash: foo: command not found\n", 1))
                .containsExactly("bash: foo: command not found");
    }

    @Test
    void shouldReadTheStatedExitCode() {
        assertThat(ErrorLines.exitCode("output\n\nCommand exited with code 2")).contains(2);
        assertThat(ErrorLines.exitCode("Exit code 1\nsome output")).contains(1);
        assertThat(ErrorLines.exitCode("all good")).isEmpty();
    }

    @Test
    void shouldFindNothingInPlainOutput() {
        assertThat(ErrorLines.in("Build finished in 3 s\n0 errors were found\n", 3)).isEmpty();
    }
}
