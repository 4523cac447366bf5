package io.mnemosyne.core;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An instruction about a thread that is not a turn.
 *
 * @param commandId the sender's id; a second command with the same id in the same thread is a duplicate
 * @param at when it was given
 * @param arguments by name; which ones a kind takes is said at the kind
 */
public record Command(String commandId, Kind kind, Optional<Instant> at, Map<String, String> arguments) {
    public Command {
        arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    }

    /** What is to be done. */
    public enum Kind {
        /** Delete the thread with all that was derived from it; its incarnation goes up by one. No arguments. */
        DELETE,
        /** Change the thread's policy ({@link PolicyChange}). {@code policy}: its name; {@code budget}, {@code window}: tokens; {@code timezone}. */
        POLICY,
        /** Edit the project state. {@code field}, {@code op} (add, remove, replace), {@code value}. */
        EDIT,
        /** Keep something in the view verbatim. {@code seq} or {@code object}. */
        PIN,
        /**
         * Let objects go, since they are not needed any more. {@code objects}: ids, divided by commas; {@code level}: what is
         * left of them, {@code stub}, as where it is not given, or {@code evicted}.
         */
        RELEASE,
        /** Bring objects back in full. {@code object}, or {@code seq} for all of a turn. */
        RESTORE,
        /**
         * Note that memory was asked, and what was found. {@code question}; {@code objects}: ids, divided by commas;
         * {@code tokens} of the answer.
         */
        QUERY,
        /**
         * Report what the agent's provider counted for its last call ({@link ReportedUsage}). {@code inputTokens}: the whole
         * prompt, cached ones included; {@code outputTokens}, {@code model}.
         */
        USAGE,
        /**
         * Compact the view now ({@link Compaction}): what is observed is activated, the rest is asked for, and an epoch opens if
         * that saves anything. {@code tokens}: what was counted; {@code window}: of how many; {@code epoch}: the view's for
         * which it is meant. All may be left out.
         */
        COMPACT
    }
}
