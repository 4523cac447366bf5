package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceId;

/**
 * What is remembered of the agent's run that goes on in a thread, for the spans of the turns to come.
 *
 * @param fromSeq its first turn
 * @param asked whether anybody but the system has spoken in it
 * @param trace to which it belongs; empty if only the thread that called this one knows
 * @param context of the agent's own trace, if that is what it belongs to
 * @param caller who started the thread, as far as any of its turns has said
 * @param people for whom it works
 * @param lastAt time of its newest turn
 * @param answer what the assistant said last, shortened
 * @param input the messages that came after the last answer of the model, each as JSON, shortened
 * @param leftOut how many of those are no longer kept
 * @param billed the message whose usage was counted last: a message may be told in several turns
 * @param open tools that are running, in the order of their calls
 */
public record TracedRun(long fromSeq, boolean asked, Optional<TraceId> trace, Optional<TraceContext> context,
        Optional<Caller> caller, People people, Instant lastAt, String answer, List<String> input, int leftOut,
        Optional<String> billed, List<OpenTool> open) {
    /** Texts kept as input, characters. */
    private static final int MAX_INPUT = 64 * 1024;
    /** As many as ingest keeps of the calls themselves. */
    private static final int MAX_OPEN = 32;

    public TracedRun {
        input = List.copyOf(input);
        open = List.copyOf(open);
    }

    /**
     * Who started a thread.
     *
     * @param turn of the calling thread, if told
     * @param call in that turn, if told
     */
    public record Caller(String thread, OptionalLong turn, Optional<String> call) {
    }

    /** For whom a thread works and under which names it is looked for, as far as its turns say. */
    public record People(Optional<String> session, Optional<String> user, List<String> tags) {
        static final People UNKNOWN = new People(Optional.empty(), Optional.empty(), List.of());

        public People {
            tags = List.copyOf(tags);
        }

        People or(People older) {
            return new People(session.or(older::session), user.or(older::user), tags.isEmpty() ? older.tags : tags);
        }
    }

    /**
     * A tool that is running.
     *
     * @param callId as in the call
     * @param name under which its span goes: the call's id, or that and a number if the turn has several with it
     */
    public record OpenTool(long seq, String callId, String name) {
    }

    /** The same run in a trace of its own from a turn on. */
    TracedRun continued(long seq, TraceId newTrace) {
        return new TracedRun(seq, asked, Optional.of(newTrace), Optional.empty(), caller, people, lastAt, answer, input,
                leftOut, billed, open);
    }

    TracedRun at(Instant at, boolean nowAsked) {
        return new TracedRun(fromSeq, asked || nowAsked, trace, context, caller, people, at, answer, input, leftOut,
                billed, open);
    }

    /** With messages that the model will be given; the oldest are dropped beyond a limit. */
    TracedRun told(List<String> messages) {
        List<String> kept = new ArrayList<>(input);
        kept.addAll(messages);
        int dropped = leftOut;
        int size = kept.stream().mapToInt(String::length).sum();
        while (size > MAX_INPUT && kept.size() > 1) {
            size -= kept.removeFirst().length();
            dropped++;
        }
        return new TracedRun(fromSeq, asked, trace, context, caller, people, lastAt, answer, kept, dropped, billed,
                open);
    }

    TracedRun answered(String newAnswer, Optional<String> message) {
        return new TracedRun(fromSeq, asked, trace, context, caller, people, lastAt,
                newAnswer.isEmpty() ? answer : newAnswer, List.of(), 0, message.or(() -> billed), open);
    }

    TracedRun with(List<OpenTool> tools) {
        return new TracedRun(fromSeq, asked, trace, context, caller, people, lastAt, answer, input, leftOut, billed,
                tools);
    }

    /** Those that are no longer waited for since too many are running. */
    static List<OpenTool> forgotten(List<OpenTool> tools) {
        return tools.subList(0, Math.max(0, tools.size() - MAX_OPEN));
    }
}
