package io.mnemosyne.launcher.config;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** Everything that is wrong with a configuration, so that it is told at once and not one by one. */
final class Problems {
    private final List<String> found;

    Problems() {
        this(new ArrayList<>());
    }

    /** @param found where they are collected */
    Problems(List<String> found) {
        this.found = found;
    }

    void add(String problem) {
        found.add(problem);
    }

    /**
     * Ends the reading if anything is wrong.
     *
     * @throws CommandFailure that lists all problems
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new CommandFailure(ExitCode.CONFIGURATION,
                    "the configuration has %d %s:%n  %s".formatted(found.size(),
                            found.size() == 1 ? "error" : "errors", String.join("\n  ", found)));
        }
    }
}
