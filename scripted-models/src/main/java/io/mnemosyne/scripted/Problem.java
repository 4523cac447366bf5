package io.mnemosyne.scripted;

import java.util.Map;
import java.util.Optional;

/** A request is not valid. Says why in the vendor's words. */
final class Problem extends Exception {
    private static final long serialVersionUID = 1;

    private final Behaviour.Trouble trouble;
    private final transient Optional<String> parameter;

    Problem(Behaviour.Trouble trouble, String message, Optional<String> parameter) {
        super(message);
        this.trouble = trouble;
        this.parameter = parameter;
    }

    static Problem of(Behaviour.Trouble trouble, String message) {
        return new Problem(trouble, message, Optional.empty());
    }

    static Problem at(String parameter, String message) {
        return new Problem(Behaviour.Trouble.REJECTED, message, Optional.of(parameter));
    }

    Behaviour.Fail failure() {
        return new Behaviour.Fail(trouble, String.valueOf(getMessage()), parameter, Map.of());
    }
}
