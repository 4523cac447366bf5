package io.mnemosyne.core.trace;

/** Names of spans as a {@link Span} takes them. */
public final class SpanNames {
    private static final int MAX = 200;

    private SpanNames() {
    }

    /** The name, shortened to what is taken; {@code unnamed} for one without a visible character. */
    public static String of(String name) {
        String visible = name.strip();
        if (visible.isEmpty()) {
            return "unnamed";
        }
        if (visible.length() <= MAX) {
            return visible;
        }
        return visible.substring(0, Character.isHighSurrogate(visible.charAt(MAX - 1)) ? MAX - 1 : MAX);
    }
}
