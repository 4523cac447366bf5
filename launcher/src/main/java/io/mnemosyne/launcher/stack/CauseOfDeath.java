package io.mnemosyne.launcher.stack;

import java.util.Arrays;
import java.util.List;

import io.mnemosyne.launcher.ExitCode;

/** Why a child ended, as far as its log tells in the operating system's own words. */
enum CauseOfDeath {
    FULL_DISK("No space left on device", " because the disk of the data directory is full",
            ExitCode.DATA_UNUSABLE),
    PORT_TAKEN("Address already in use",
            " because another process took its port meanwhile",
            ExitCode.PORT_IN_USE),
    UNKNOWN("", "", ExitCode.CHILD_DIED);

    private final String sign;
    private final String explanation;
    private final ExitCode code;

    CauseOfDeath(String sign, String explanation, ExitCode code) {
        this.sign = sign;
        this.explanation = explanation;
        this.code = code;
    }

    static CauseOfDeath of(List<String> log) {
        return Arrays.stream(values())
                .filter(cause -> cause == UNKNOWN || log.stream().anyMatch(line -> line.contains(cause.sign)))
                .findFirst().orElse(UNKNOWN);
    }

    /** Continues the sentence that says that the child ended. */
    String explanation() {
        return explanation;
    }

    ExitCode code() {
        return code;
    }
}
