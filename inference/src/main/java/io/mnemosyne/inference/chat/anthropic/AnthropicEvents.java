package io.mnemosyne.inference.chat.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Usage;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.chat.stream.AnswerSoFar;
import io.mnemosyne.inference.chat.stream.AnswerSoFar.Ending;

/** Reads the events of a streamed message. Those that say nothing of its text, usage or end are passed over. */
final class AnthropicEvents {
    private AnthropicEvents() {
    }

    static void read(RawMessageStreamEvent event, AnswerSoFar into) throws ChatException {
        if (event.isMessageStart()) {
            event.asMessageStart().message()._usage().asKnown().ifPresent(usage -> into.counted(usage(usage)));
        } else if (event.isContentBlockDelta()) {
            RawContentBlockDelta delta = event.asContentBlockDelta().delta();
            if (delta.isText()) {
                into.append(delta.asText().text());
            }
        } else if (event.isMessageDelta()) {
            event.asMessageDelta()._usage().asKnown()
                    .ifPresent(usage -> into.counted(usage(usage, into.counted())));
            event.asMessageDelta().delta().stopReason().ifPresent(reason -> into.end(ending(reason)));
        }
    }

    /** Here {@code input_tokens} are only those behind the last cached one. */
    private static TokenUsage usage(Usage usage) {
        long read = count(usage._cacheReadInputTokens());
        long written = count(usage._cacheCreationInputTokens());
        return new TokenUsage(count(usage._inputTokens()) + read + written, read, written,
                count(usage._outputTokens()));
    }

    /** Counts add up from event to event; those of the prompt are repeated by some versions of the API and not by others. */
    private static TokenUsage usage(MessageDeltaUsage usage, TokenUsage start) {
        long read = usage._cacheReadInputTokens().asKnown().orElse(start.cacheRead());
        long written = usage._cacheCreationInputTokens().asKnown().orElse(start.cacheWrite());
        long rest = usage._inputTokens().asKnown().orElse(start.input() - start.cacheRead() - start.cacheWrite());
        return new TokenUsage(rest + read + written, read, written, count(usage._outputTokens()));
    }

    private static long count(JsonField<Long> field) {
        return field.asKnown().orElse(0L);
    }

    private static Ending ending(StopReason reason) {
        return switch (reason.asString()) {
            case "end_turn", "stop_sequence" -> Ending.COMPLETE;
            case "max_tokens" -> Ending.CUT_OFF;
            case "model_context_window_exceeded" -> Ending.WINDOW_FULL;
            case "refusal" -> Ending.REFUSED;
            default -> Ending.UNKNOWN;
        };
    }
}
