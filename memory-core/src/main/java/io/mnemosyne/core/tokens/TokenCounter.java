package io.mnemosyne.core.tokens;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;

/** Counts tokens of texts. Implementations are thread-safe and deterministic. */
@FunctionalInterface
public interface TokenCounter {
    /** Tokens that the frame of one message takes in a chat request. Source: OpenAI's cookbook on counting tokens. */
    long MESSAGE_OVERHEAD = 4;
    /** What an image counts as: a 1,092 x 1,092 picture by Anthropic's rule width x height / 750. */
    long IMAGE_TOKENS = 1_590;

    /**
     * The least that a part counts. A provider charges for the frame of a block, and a model is shown its ids; ids are not
     * counted themselves, since what an agent's model takes of them differs from one provider to the next.
     */
    long PART_MINIMUM = 4;

    long count(String text);

    /** Tokens of a turn whose parts are all inline: every part in full, plus the message's frame. */
    default long count(RawTurn turn) {
        long tokens = MESSAGE_OVERHEAD;
        for (Part part : turn.parts()) {
            tokens += Math.max(PART_MINIMUM, switch (part) {
                case Part.Image _ -> IMAGE_TOKENS;
                case Part.ToolCall call -> count(call.name()) + count(call.content().shown());
                case Part.Text text -> count(text.content().shown());
                case Part.Thinking thinking -> count(thinking.content().shown());
                case Part.ToolResult result -> count(result.content().shown());
            });
        }
        return tokens;
    }
}
