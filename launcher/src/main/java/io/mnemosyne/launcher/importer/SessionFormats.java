package io.mnemosyne.launcher.importer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.transcript.InvalidTurnException;

/** The formats that can be imported, by the names that {@code --format} takes. */
final class SessionFormats {
    private static final Map<String, SessionFormat> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("mnemosyne", new NormalizedFormat());
        BY_NAME.put("claude-code", new ClaudeCodeFormat());
        BY_NAME.put("pi", new PiFormat());
    }

    private SessionFormats() {
    }

    /**
     * The format of a name.
     *
     * @throws IllegalArgumentException if there is none, naming those that there are
     */
    static SessionFormat named(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).orElseThrow(() -> new IllegalArgumentException(
                "no format '" + name + "'; choose one of auto, " + String.join(", ", BY_NAME.keySet())));
    }

    /** The name of the format that recognises a line, if one does. */
    static Optional<String> recognise(String line) {
        return BY_NAME.entrySet().stream().filter(format -> recognises(format.getValue(), line)).map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean recognises(SessionFormat format, String line) {
        try {
            return format.recognises(line);
        } catch (InvalidTurnException e) {
            return false;
        }
    }
}
