package io.mnemosyne.inference.chat.openai;

import java.util.Set;

import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;

import io.mnemosyne.inference.chat.AnswerSchema;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.stream.Json;

/** Writes a prompt as the Chat Completions API wants it. Its prompt cache needs no marks. */
final class OpenAiRequest {
    private OpenAiRequest() {
    }

    static ChatCompletionCreateParams of(String model, ChatPrompt prompt, Set<String> parameters) {
        ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder().model(model);
        if (!prompt.system().isBlank()) {
            request.addSystemMessage(prompt.system());
        }
        for (ChatMessage message : prompt.messages()) {
            switch (message.speaker()) {
                case USER -> request.addUserMessage(message.text());
                case ASSISTANT -> request.addAssistantMessage(message.text());
            }
        }
        parameters.forEach(parameter -> add(parameter, prompt, request));
        return request.build();
    }

    @SuppressWarnings("deprecation") // max_tokens: not to the servers that know nothing else.
    private static void add(String parameter, ChatPrompt prompt, ChatCompletionCreateParams.Builder request) {
        switch (parameter) {
            case OpenAiChat.TEMPERATURE -> request.temperature(prompt.temperature());
            case OpenAiChat.MAX_TOKENS -> request.maxTokens(prompt.maxOutputTokens());
            case OpenAiChat.MAX_COMPLETION_TOKENS -> request.maxCompletionTokens(prompt.maxOutputTokens());
            case OpenAiChat.RESPONSE_FORMAT -> request.responseFormat(format(prompt.schema()));
            case OpenAiChat.STREAM_OPTIONS -> request
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
            default -> throw new IllegalArgumentException("no parameter of a chat completion: " + parameter);
        }
    }

    private static ResponseFormatJsonSchema format(AnswerSchema schema) {
        return ResponseFormatJsonSchema.builder().jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                .name(schema.name()).strict(true).schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                        .putAllAdditionalProperties(Json.fields(schema.json(), JsonValue::fromJsonNode)).build())
                .build()).build();
    }
}
