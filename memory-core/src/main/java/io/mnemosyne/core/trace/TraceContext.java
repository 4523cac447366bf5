package io.mnemosyne.core.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which step of which trace caused something: the value of the header {@code traceparent} of W3C Trace Context, level 1.
 *
 * @param span the step that caused it
 */
public record TraceContext(TraceId trace, SpanId span, boolean sampled) {
    /** Name of the header, in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";
    private static final Pattern FORM = Pattern
            .compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Reads a header's value; empty if the standard says that it is to be ignored. */
    public static Optional<TraceContext> parse(String traceparent) {
        Matcher matcher = FORM.matcher(traceparent.strip());
        boolean known = matcher.matches() && !matcher.group(1).equals("ff")
                && (matcher.group(5) == null || !matcher.group(1).equals("00"));
        if (!known) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TraceContext(new TraceId(matcher.group(2)), new SpanId(matcher.group(3)),
                    (Integer.parseInt(matcher.group(4), 16) & 1) == 1));
        } catch (IllegalArgumentException allZero) {
            return Optional.empty();
        }
    }

    /** The header's value. */
    public String traceparent() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
