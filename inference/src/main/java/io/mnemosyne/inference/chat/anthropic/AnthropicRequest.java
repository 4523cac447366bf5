package io.mnemosyne.inference.chat.anthropic;

import java.util.List;
import java.util.Set;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigDisabled;

import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.stream.Json;

/**
 * Writes a prompt as the Messages API wants it.
 * <p>
 * The schema goes into {@code output_config.format}: structured outputs are generally available there, without a beta header,
 * and this version of the SDK has them outside its beta package. A forced tool would do the same on models that do not know
 * them, but its answer comes as pieces of arguments, its definition costs tokens, and it cannot be used together with
 * thinking; so a model that refuses the parameter is asked without it, and its answer is checked as every answer is.
 * <p>
 * There is no temperature: the version of the API that this SDK speaks, 2026-10-21, refuses it for all models. Thinking is
 * turned off, because newer models think unless they are told not to, and what they think counts against the limit of output
 * tokens, which is meant for the answer.
 */
final class AnthropicRequest {
    private AnthropicRequest() {
    }

    static MessageCreateParams of(String model, ChatPrompt prompt, Set<String> parameters) {
        MessageCreateParams.Builder request = MessageCreateParams.builder().model(model)
                .maxTokens(prompt.maxOutputTokens());
        if (!prompt.system().isBlank()) {
            // The system prompt is the same for all calls, so the provider keeps it at hand.
            request.systemOfTextBlockParams(List.of(TextBlockParam.builder().text(prompt.system())
                    .cacheControl(CacheControlEphemeral.builder().build()).build()));
        }
        for (ChatMessage message : prompt.messages()) {
            switch (message.speaker()) {
                case USER -> request.addUserMessage(message.text());
                case ASSISTANT -> request.addAssistantMessage(message.text());
            }
        }
        if (parameters.contains(AnthropicChat.THINKING)) {
            request.thinking(ThinkingConfigDisabled.builder().build());
        }
        if (parameters.contains(AnthropicChat.OUTPUT_CONFIG)) {
            request.outputConfig(OutputConfig.builder().format(format(prompt.schema().json())).build());
        }
        return request.build();
    }

    private static JsonOutputFormat format(String schema) {
        return JsonOutputFormat.builder().schema(JsonOutputFormat.Schema.builder()
                .putAllAdditionalProperties(Json.fields(schema, JsonValue::fromJsonNode)).build()).build();
    }
}
