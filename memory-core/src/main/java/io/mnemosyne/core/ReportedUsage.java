package io.mnemosyne.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an agent's provider counted for its last call: the arguments of a {@link Command.Kind#USAGE} command. Unlike a view's
 * own count it has everything in it, also the system prompt and the tool schemas that the agent adds itself.
 *
 * @param inputTokens of the whole prompt, cached ones included
 * @param outputTokens of the answer, 0 if not told
 * @param model that was called, if told
 */
public record ReportedUsage(long inputTokens, long outputTokens, Optional<String> model) {
    /** More tokens than any model takes; a larger number is a mistake. */
    public static final long MAX_TOKENS = 100_000_000;
    private static final int MAX_MODEL = 256;
    private static final String INPUT = "inputTokens";
    private static final String OUTPUT = "outputTokens";
    private static final String MODEL = "model";

    /** The report that a command makes; empty if {@link #problems} finds any. */
    public static Optional<ReportedUsage> of(Command command) {
        Map<String, String> arguments = command.arguments();
        return command.kind() == Command.Kind.USAGE && problems(arguments).isEmpty()
                ? Optional.of(new ReportedUsage(tokens(arguments, INPUT).orElseThrow(),
                        tokens(arguments, OUTPUT).orElse(0), Optional.ofNullable(arguments.get(MODEL))))
                : Optional.empty();
    }

    /** What is wrong with the arguments of a report; empty if nothing is. Never quotes a value. */
    public static List<String> problems(Map<String, String> arguments) {
        List<String> problems = new ArrayList<>();
        if (tokens(arguments, INPUT).isEmpty()) {
            problems.add(wanted(INPUT, arguments) + " for the whole prompt, cached tokens included");
        }
        if (arguments.containsKey(OUTPUT) && tokens(arguments, OUTPUT).isEmpty()) {
            problems.add(wanted(OUTPUT, arguments) + ", or leave it out");
        }
        if (arguments.getOrDefault(MODEL, "-").isBlank() || arguments.getOrDefault(MODEL, "").length() > MAX_MODEL) {
            problems.add(MODEL + " must be a name of 1 to " + MAX_MODEL + " characters; or leave it out");
        }
        return problems;
    }

    private static String wanted(String name, Map<String, String> arguments) {
        return name + (arguments.containsKey(name) ? " is not a whole number from 0 to 100,000,000" : " is missing")
                + "; send what the provider counted";
    }

    private static OptionalLong tokens(Map<String, String> arguments, String name) {
        try {
            long tokens = Long.parseLong(arguments.getOrDefault(name, ""));
            return tokens >= 0 && tokens <= MAX_TOKENS ? OptionalLong.of(tokens) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
