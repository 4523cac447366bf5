package io.mnemosyne.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads and checks requests of Anthropic's Messages API. */
final class AnthropicReader {
    private static final int MAX_OUTPUT = 128_000;
    private static final Set<String> PARAMETERS = Set.of("model", "max_tokens", "messages", "system", "stream",
            "output_config", "metadata", "stop_sequences", "thinking", "service_tier");
    /** Those of the API version 2023-06-01; the next one knows no sampling any more. */
    private static final Set<String> OLDER_PARAMETERS = Stream
            .concat(PARAMETERS.stream(), Stream.of("temperature", "top_p", "top_k"))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> BLOCK = Set.of("type", "text", "cache_control");

    private AnthropicReader() {
    }

    static ScriptedRequest read(HttpRequest request) throws Problem {
        boolean bearer = request.header("authorization").filter(value -> value.startsWith("Bearer ")).isPresent();
        if (request.header("x-api-key").isEmpty() && !bearer) {
            throw Problem.of(Behaviour.Trouble.UNAUTHORIZED, "x-api-key header is required");
        }
        String version = request.header("anthropic-version")
                .orElseThrow(() -> Problem.of(Behaviour.Trouble.REJECTED, "anthropic-version: header is required"));
        Fields body = Json.body(request, Words.ANTHROPIC, switch (version) {
            case "2026-10-21" -> PARAMETERS;
            case "2023-06-01" -> OLDER_PARAMETERS;
            default -> throw Problem.of(Behaviour.Trouble.REJECTED,
                    "anthropic-version: \"" + version + "\" is not a valid version");
        });
        String model = body.text("model");
        int maxTokens = body.count("max_tokens").orElseThrow(() -> Words.ANTHROPIC.missing("max_tokens"));
        if (maxTokens > MAX_OUTPUT) {
            throw Problem.at("max_tokens", "max_tokens: " + maxTokens + " > " + MAX_OUTPUT
                    + ", which is the maximum allowed number of output tokens for " + model);
        }
        body.between("temperature", 0, 1);
        String system = body.find("system").isPresent() ? body.content("system", BLOCK) : "";
        return new ScriptedRequest(0, Wire.ANTHROPIC, model, body.flag("stream"), system, messages(body),
                schema(body), maxTokens, Json.parse(request));
    }

    private static List<ScriptedRequest.Message> messages(Fields body) throws Problem {
        List<ScriptedRequest.Message> messages = new ArrayList<>();
        for (Fields message : body.objects("messages", Set.of("role", "content"))) {
            message.oneOf("role", Set.of("user", "assistant"));
            messages.add(new ScriptedRequest.Message(message.text("role"), message.content("content", BLOCK)));
        }
        Conversations.check(messages, Words.ANTHROPIC);
        return messages;
    }

    private static Optional<JsonNode> schema(Fields body) throws Problem {
        if (body.find("output_config").isEmpty()) {
            return Optional.empty();
        }
        Fields config = body.object("output_config", Set.of("format", "effort"));
        if (config.find("format").isEmpty()) {
            return Optional.empty();
        }
        Fields format = config.object("format", Set.of("type", "schema"));
        format.oneOf("type", Set.of("json_schema"));
        JsonNode schema = format.get("schema");
        Optional<String> wrong = SchemaRules.ANTHROPIC.wrong(schema);
        if (wrong.isPresent()) {
            throw Problem.at("output_config.format.schema", "output_config.format." + wrong.get());
        }
        return Optional.of(schema);
    }
}
