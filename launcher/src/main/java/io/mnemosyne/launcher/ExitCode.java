package io.mnemosyne.launcher;

import java.util.Arrays;
import java.util.List;

/** What the process tells its caller. A stop by signal exits with 128 plus the signal's number, as usual. */
public enum ExitCode {
    OK(0, "Done, or stopped on request"),
    UNEXPECTED(1, "An error nobody foresaw; its stack trace is printed"),
    USAGE(2, "The command line is wrong"),
    CONFIGURATION(3, "The configuration is wrong; all errors are listed"),
    PORT_IN_USE(10, "A port that a service needs is in use"),
    DATA_UNUSABLE(11, "The data directory cannot be written, or its disk is full"),
    DATA_HELD(12, "Another run holds the data directory"),
    CHILD_DIED(13, "A child process ended that should run"),
    NOT_READY(14, "A child process did not become ready in time"),
    NOT_BUILT(15, "The build has not put the run layout in place"),
    UNREACHABLE(16, "An existing service does not answer"),
    REFUSED(17, "The service refused a request"),
    MODEL_FAILED(18, "A model does not answer as it should; each is named with what to do"),
    SECRETS_FOUND(19, "The scan found what would be redacted"),
    INCOMPLETE(20, "Done, but some of the input was skipped; each part is named");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** The lines of a {@code --help} that explain all codes. */
    public static List<String> help() {
        return Arrays.stream(values()).map(code -> "  %3d  %s".formatted(code.number, code.meaning)).toList();
    }
}
