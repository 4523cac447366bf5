package io.mnemosyne.core.trace;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;

/**
 * Ids of traces and spans, out of hashes: whoever names the same thing gets the same id, in every process and at every
 * repetition. Langfuse folds two spans into one if trace id, span id and start are equal.
 */
public final class TraceIds {
    private static final int SPAN_DIGITS = 16;

    private TraceIds() {
    }

    /** Under which a thread's spans are sent before it is known to which trace they belong. */
    public static TraceId home(String tenant, String thread) {
        return new TraceId(Sha256.id("home", tenant, thread));
    }

    /** The trace of the agent run that begins with a turn, if nobody gave it another. */
    public static TraceId run(ThreadKey thread, long incarnation, long fromSeq) {
        return new TraceId(Sha256.id("trace", thread.tenant(), thread.thread(), Long.toString(incarnation),
                Long.toString(fromSeq)));
    }

    /** The span of the agent run that begins with a turn. */
    public static SpanId runSpan(ThreadKey thread, long incarnation, long fromSeq) {
        return span("run", thread, incarnation, Long.toString(fromSeq));
    }

    /** The span of a turn. */
    public static SpanId turn(ThreadKey thread, long incarnation, long seq) {
        return span("turn", thread, incarnation, Long.toString(seq));
    }

    /** The span of a tool's execution, from its call in a turn to its result. */
    public static SpanId tool(ThreadKey thread, long incarnation, long seq, String callId) {
        return span("tool", thread, incarnation, Long.toString(seq), callId);
    }

    /** The span of a step of the pipeline, for example {@code observation} and its request's id. */
    public static SpanId step(String stage, ThreadKey thread, long incarnation, String name) {
        return span(stage, thread, incarnation, name);
    }

    /** A span that belongs to another, for example the second part of a field too large for one. */
    public static SpanId derived(SpanId of, String field, int part) {
        return new SpanId(notZero(Sha256.id("derived", of.hex(), field, Integer.toString(part))));
    }

    private static SpanId span(String kind, ThreadKey thread, long incarnation, String... names) {
        String[] fields = new String[names.length + 4];
        fields[0] = kind;
        fields[1] = thread.tenant();
        fields[2] = thread.thread();
        fields[3] = Long.toString(incarnation);
        System.arraycopy(names, 0, fields, 4, names.length);
        return new SpanId(notZero(Sha256.id(fields)));
    }

    private static String notZero(String hex) {
        String digits = hex.substring(0, SPAN_DIGITS);
        return digits.chars().allMatch(digit -> digit == '0') ? "0".repeat(SPAN_DIGITS - 1) + "1" : digits;
    }
}
