package io.mnemosyne.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * That a thread's context is to be compacted at once: the arguments of a {@link Command.Kind#COMPACT} command. The view asks
 * for it when a window is nearly full, once in an epoch; a user or an agent may ask at any time, and says nothing of these.
 *
 * @param epoch of the view for which it is asked; empty for the one that it has by then
 * @param tokens that were counted
 * @param window of how many they are nearly all
 */
public record Compaction(OptionalLong epoch, OptionalLong tokens, OptionalLong window) {
    private static final String EPOCH = "epoch";
    private static final String TOKENS = "tokens";
    private static final String WINDOW = "window";

    /** One that the view asks for. */
    public static Compaction of(long epoch, long tokens, long window) {
        return new Compaction(OptionalLong.of(epoch), OptionalLong.of(tokens), OptionalLong.of(window));
    }

    /** What a command asks for; empty if {@link #problems} finds any. */
    public static Optional<Compaction> of(Command command) {
        Map<String, String> arguments = command.arguments();
        return command.kind() == Command.Kind.COMPACT && problems(arguments).isEmpty()
                ? Optional.of(new Compaction(number(arguments, EPOCH), number(arguments, TOKENS),
                        number(arguments, WINDOW)))
                : Optional.empty();
    }

    /** What is wrong with the arguments of a command; empty if nothing is. Never quotes a value. */
    public static List<String> problems(Map<String, String> arguments) {
        List<String> problems = new ArrayList<>();
        for (String name : List.of(EPOCH, TOKENS, WINDOW)) {
            if (arguments.containsKey(name) && number(arguments, name).isEmpty()) {
                problems.add(name + " is not a whole number from 0 on; send what was counted, or leave it out");
            }
        }
        return problems;
    }

    /**
     * The command that asks for it. Its id follows from thread and epoch, so that it is carried out once, however often it is
     * sent.
     *
     * @param at time of the record that told of it
     */
    public Command command(ThreadKey thread, long incarnation, Instant at) {
        Map<String, String> arguments = new TreeMap<>();
        epoch.ifPresent(number -> arguments.put(EPOCH, Long.toString(number)));
        tokens.ifPresent(number -> arguments.put(TOKENS, Long.toString(number)));
        window.ifPresent(number -> arguments.put(WINDOW, Long.toString(number)));
        return new Command(Sha256.id("compact", thread.tenant(), thread.thread(), Long.toString(incarnation),
                epoch.toString()), Command.Kind.COMPACT, Optional.of(at), arguments);
    }

    private static OptionalLong number(Map<String, String> arguments, String name) {
        try {
            long number = Long.parseLong(arguments.getOrDefault(name, ""));
            return number >= 0 ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
