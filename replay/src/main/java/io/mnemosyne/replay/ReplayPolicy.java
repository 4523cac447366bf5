package io.mnemosyne.replay;

import java.util.List;

import io.mnemosyne.replay.recording.Event;

/**
 * Decides what an agent sends to its model. Implementations are thread-safe; the prompters that they give are used by one
 * thread each.
 */
public interface ReplayPolicy {

    /**
     * Begins a session of which nothing is known yet.
     *
     * @param session its name, {@code folder/file}
     */
    Prompter begin(String session);

    /** Follows one session. It sees the past only. */
    interface Prompter {

        /** An event joined the history. Events come in their order, gapless from 0. */
        void append(Event event);

        /** What a model call made now would be sent: the blocks of the prompt in order. */
        List<PromptBlock> prompt();

        /** Calls to other models made so far to make prompts smaller; none if the policy needs none. */
        default List<HelperCall> helperCalls() {
            return List.of();
        }
    }
}
