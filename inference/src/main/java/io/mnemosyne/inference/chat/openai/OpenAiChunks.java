package io.mnemosyne.inference.chat.openai;

import java.util.List;
import java.util.Optional;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.completions.CompletionUsage.PromptTokensDetails;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.chat.stream.AnswerSoFar;
import io.mnemosyne.inference.chat.stream.AnswerSoFar.Ending;

/** Reads the chunks of a streamed completion. Compatible servers leave fields out or write null, which is nothing then. */
final class OpenAiChunks {
    private OpenAiChunks() {
    }

    static void read(ChatCompletionChunk chunk, AnswerSoFar into) throws ChatException {
        chunk._usage().asKnown().ifPresent(usage -> into.counted(usage(usage)));
        for (Choice choice : chunk._choices().asKnown().orElse(List.of())) {
            read(choice, into);
        }
    }

    private static void read(Choice choice, AnswerSoFar into) throws ChatException {
        Optional<Choice.Delta> delta = choice._delta().asKnown();
        Optional<String> content = delta.flatMap(Choice.Delta::content);
        if (content.isPresent()) {
            into.append(content.get());
        }
        boolean refuses = delta.flatMap(Choice.Delta::refusal).filter(text -> !text.isEmpty()).isPresent();
        if (refuses) {
            into.end(Ending.REFUSED);
        }
        choice.finishReason().map(OpenAiChunks::ending).ifPresent(into::end);
    }

    private static TokenUsage usage(CompletionUsage usage) {
        Optional<PromptTokensDetails> details = usage.promptTokensDetails();
        return new TokenUsage(usage._promptTokens().asKnown().orElse(0L),
                details.flatMap(PromptTokensDetails::cachedTokens).orElse(0L),
                details.flatMap(PromptTokensDetails::cacheWriteTokens).orElse(0L),
                usage._completionTokens().asKnown().orElse(0L));
    }

    private static Ending ending(Choice.FinishReason reason) {
        return switch (reason.asString()) {
            case "stop" -> Ending.COMPLETE;
            case "length" -> Ending.CUT_OFF;
            case "content_filter" -> Ending.REFUSED;
            default -> Ending.UNKNOWN;
        };
    }
}
