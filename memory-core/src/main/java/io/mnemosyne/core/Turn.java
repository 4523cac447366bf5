package io.mnemosyne.core;

import java.util.List;

/**
 * A turn in its thread's order.
 *
 * @param incarnation how often the thread was deleted before, from 0
 * @param seq number in its thread, gapless from 0
 * @param tokens of the whole turn, blobs included, in o200k_base tokens with the overhead of one message
 * @param objects the semantic objects cut from it
 */
public record Turn(ThreadKey thread, long incarnation, long seq, RawTurn body, long tokens,
        List<SemanticObject> objects) {
    public Turn {
        objects = List.copyOf(objects);
    }

    public Role role() {
        return body.role();
    }

    /** Whether the user speaks in it. Some sources send the results of tools in the user's name; that is not speaking. */
    public boolean isByUser() {
        return role() == Role.USER && parts().stream().anyMatch(part -> !(part instanceof Part.ToolResult));
    }

    public List<Part> parts() {
        return body.parts();
    }
}
