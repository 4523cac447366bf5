package io.mnemosyne.core;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the commands to a thread changed of the deployment's policy. Kept instead of the changed policy, so that no
 * rounding adds up and all machines come to the same one.
 *
 * @param name of the policy, if a command gave one
 * @param window tokens that the agent's model takes, if the newest command about tokens gave it
 * @param budget hard ceiling of a view in tokens, if the newest command about tokens gave it
 * @param zone in which days begin and times are shown, if a command gave one
 */
public record PolicyChange(Optional<String> name, OptionalLong window, OptionalLong budget,
        Optional<ZoneId> zone) {
    private static final String NAME = "policy";
    private static final String ZONE = "timezone";
    private static final int MAX_TOLD = 100;

    public static final PolicyChange NONE = new PolicyChange(Optional.empty(), OptionalLong.empty(),
            OptionalLong.empty(), Optional.empty());

    /**
     * This change and then the arguments of a {@link Command.Kind#POLICY} command: {@code policy} names it,
     * {@code budget} scales every token setting, {@code window} alone means half of it as budget,
     * {@code timezone} is where its user is. What a command does not
     * name stays, but for its pair of window and budget. Arguments that do not fit together, are no numbers, no time
     * zone or none of {@link Policy#NAMES} change nothing.
     */
    public PolicyChange and(Map<String, String> arguments) {
        Optional<String> newName = Optional.ofNullable(arguments.get(NAME)).filter(Policy.NAMES::contains)
                .or(() -> name);
        OptionalLong newWindow = tokens(arguments, "window");
        OptionalLong newBudget = tokens(arguments, "budget");
        Optional<ZoneId> newZone = Optional.ofNullable(arguments.get(ZONE)).flatMap(PolicyChange::zone).or(() -> zone);
        boolean none = newWindow.isEmpty() && newBudget.isEmpty();
        return none || newWindow.orElse(Long.MAX_VALUE) < newBudget.orElse(1)
                ? new PolicyChange(newName, window, budget, newZone)
                : new PolicyChange(newName, newWindow, newBudget, newZone);
    }

    /** What is wrong with the arguments of a {@link Command.Kind#POLICY} command, and would be passed over. */
    public static List<String> problems(Map<String, String> arguments) {
        return Stream.of(
                Optional.ofNullable(arguments.get(NAME)).filter(text -> !Policy.NAMES.contains(text))
                        .map(text -> problem(NAME, text,
                                "which is no policy; give one of " + String.join(", ", Policy.NAMES))),
                Optional.ofNullable(arguments.get(ZONE)).filter(text -> zone(text).isEmpty())
                        .map(text -> problem(ZONE, text,
                                "which is no time zone; give a name such as Europe/Berlin, or an"
                                        + " offset such as +02:00")))
                .flatMap(Optional::stream).toList();
    }

    private static String problem(String argument, String text, String why) {
        return "argument '" + argument + "' is '" + Excerpt.of(text, MAX_TOLD) + "', " + why;
    }

    /** A time zone by its name or its offset from UTC. */
    public static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The policy of a thread whose deployment has this one. */
    public Policy of(Policy standard) {
        Policy named = standard.named(name.orElse(standard.name())).in(zone.orElse(standard.zone()));
        if (window.isEmpty() && budget.isEmpty()) {
            return named;
        }
        Policy scaled = named.scaledTo(budget.orElseGet(() -> Math.max(1, window.orElseThrow() / 2)));
        return scaled.within(window.orElse(scaled.window()));
    }

    private static OptionalLong tokens(Map<String, String> arguments, String name) {
        try {
            long tokens = Long.parseLong(arguments.getOrDefault(name, ""));
            return tokens > 0 ? OptionalLong.of(tokens) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
