package io.mnemosyne.launcher.config;

import java.util.List;
import java.util.Locale;

import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.launcher.config.Key.Kind;

/** The settings for what is traced. */
final class SpanKeys {
    static final Key ENABLED = new Key("tracing.enabled", Kind.TEXT, "",
            "Whether the stages write spans: `true` or `false`. Without it they do if there is a backend to send them to.");
    private static final Key CONTENT = new Key("tracing.content", Kind.CONTENT,
            Tracing.FULL.content().name().toLowerCase(Locale.ROOT),
            "What spans show of what is said: `full`, `excerpt`, or `none` of it. Sizes, times, names, usage and cost are there anyway.");
    private static final Key EXCERPT = new Key("tracing.excerpt-bytes", Kind.COUNT,
            Integer.toString(Tracing.FULL.excerptBytes()), "What an excerpt shows of a text, bytes, at least 100.");

    static final List<Key> ALL = List.of(ENABLED, CONTENT, EXCERPT);

    private SpanKeys() {
    }

    /** @param wanted whether anything is done with spans */
    static Tracing read(Values values, boolean wanted, Problems problems) {
        int bytes = values.whole(EXCERPT);
        if (bytes < Tracing.MIN_EXCERPT) {
            problems.add(EXCERPT.name() + " is '" + bytes + "' and must be: at least " + Tracing.MIN_EXCERPT);
            bytes = Tracing.FULL.excerptBytes();
        }
        return new Tracing(isOn(values, wanted, problems), values.content(CONTENT), bytes);
    }

    private static boolean isOn(Values values, boolean wanted, Problems problems) {
        String given = values.text(ENABLED).orElse(Boolean.toString(wanted));
        if (!given.equals("true") && !given.equals("false")) {
            problems.add(ENABLED.name() + " is '" + given + "' and must be: true or false");
        }
        return given.equals("true");
    }
}
