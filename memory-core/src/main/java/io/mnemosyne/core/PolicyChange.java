package io.mnemosyne.core;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the commands to a thread changed of the deployment's policy. Kept instead of the changed policy, so that no
 * rounding adds up and all machines come to the same one.
 *
 * @param name of the policy, if a command gave one
 * @param window tokens that the agent's model takes, if the newest command about tokens gave it
 * @param budget hard ceiling of a view in tokens, if the newest command about tokens gave it
 */
public record PolicyChange(Optional<String> name, OptionalLong window, OptionalLong budget) {
    public static final PolicyChange NONE = new PolicyChange(Optional.empty(), OptionalLong.empty(),
            OptionalLong.empty());

    /**
     * This change and then the arguments of a {@link Command.Kind#POLICY} command: {@code policy} names it,
     * {@code budget} scales every token setting, {@code window} alone means half of it as budget. What a command does not
     * name stays, but for its pair of window and budget. Arguments that do not fit together, are no numbers or no name
     * (see {@link ThreadKey#isName}) change nothing.
     */
    public PolicyChange and(Map<String, String> arguments) {
        Optional<String> newName = Optional.ofNullable(arguments.get("policy")).filter(ThreadKey::isName)
                .or(() -> name);
        OptionalLong newWindow = tokens(arguments, "window");
        OptionalLong newBudget = tokens(arguments, "budget");
        boolean none = newWindow.isEmpty() && newBudget.isEmpty();
        return none || newWindow.orElse(Long.MAX_VALUE) < newBudget.orElse(1)
                ? new PolicyChange(newName, window, budget)
                : new PolicyChange(newName, newWindow, newBudget);
    }

    /** The policy of a thread whose deployment has this one. */
    public Policy of(Policy standard) {
        Policy named = standard.named(name.orElse(standard.name()));
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
