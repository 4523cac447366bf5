package io.mnemosyne.replay.log;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.Role;
import io.mnemosyne.replay.HelperCall;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * What a policy would have sent in one session.
 *
 * @param session its name, {@code folder/file}
 * @param steps one for each recorded model call, in their order
 */
public record SessionLog(String session, List<Step> steps, List<HelperCall> helperCalls) {
    public SessionLog {
        steps = List.copyOf(steps);
        helperCalls = List.copyOf(helperCalls);
    }

    /**
     * One prompt.
     *
     * @param upto index of the newest event that it may show, -1 if there is none
     */
    public record Step(int upto, List<PromptBlock> blocks) {
        public Step {
            blocks = List.copyOf(blocks);
        }
    }

    /** Shows a session to a policy event by event, and asks it for a prompt just before each event of the assistant. */
    public static SessionLog of(Recording recording, ReplayPolicy policy) {
        ReplayPolicy.Prompter prompter = policy.begin(recording.id());
        List<Step> steps = new ArrayList<>();
        for (Event event : recording.events()) {
            if (event.role() == Role.ASSISTANT) {
                steps.add(new Step(event.index() - 1,
                        prompter.prompt().stream().filter(block -> !block.text().isEmpty()).toList()));
            }
            prompter.append(event);
        }
        return new SessionLog(recording.id(), steps, prompter.helperCalls());
    }
}
