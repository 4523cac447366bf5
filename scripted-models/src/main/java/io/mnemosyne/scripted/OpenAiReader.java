package io.mnemosyne.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads and checks requests of OpenAI's Chat Completions API. */
final class OpenAiReader {
    private static final Set<String> PARAMETERS = Set.of("model", "messages", "stream", "stream_options", "max_tokens",
            "max_completion_tokens", "temperature", "response_format", "top_p", "n", "seed", "stop", "user",
            "presence_penalty", "frequency_penalty", "reasoning_effort", "verbosity", "metadata", "store",
            "service_tier", "prompt_cache_key", "safety_identifier");
    private static final Set<String> SYSTEM_ROLES = Set.of("system", "developer");

    private OpenAiReader() {
    }

    static ScriptedRequest read(HttpRequest request) throws Problem {
        if (request.header("authorization").filter(value -> value.startsWith("Bearer ")).isEmpty()) {
            throw Problem.of(Behaviour.Trouble.UNAUTHORIZED, "You didn't provide an API key. You need to provide your "
                    + "API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
        }
        Fields body = Json.body(request, Words.OPENAI, PARAMETERS);
        String model = body.text("model");
        body.between("temperature", 0, 2);
        boolean stream = body.flag("stream");
        checkStreamOptions(body, stream);
        if (body.find("max_tokens").isPresent() && body.find("max_completion_tokens").isPresent()) {
            throw Problem.at("max_tokens",
                    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.");
        }
        int maxTokens = body.count("max_completion_tokens").or(() -> body.find("max_tokens").map(JsonNode::intValue))
                .orElse(Integer.MAX_VALUE);
        body.count("max_tokens");
        List<ScriptedRequest.Message> messages = messages(body);
        String system = SYSTEM_ROLES.contains(messages.getFirst().role()) ? messages.removeFirst().text() : "";
        Conversations.check(messages, Words.OPENAI);
        return new ScriptedRequest(0, Wire.OPENAI, model, stream, system, messages, schema(body), maxTokens,
                Json.parse(request));
    }

    private static void checkStreamOptions(Fields body, boolean stream) throws Problem {
        if (body.find("stream_options").isEmpty()) {
            return;
        }
        if (!stream) {
            throw Problem.at("stream_options",
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }
        body.object("stream_options", Set.of("include_usage", "include_obfuscation")).flag("include_usage");
    }

    private static List<ScriptedRequest.Message> messages(Fields body) throws Problem {
        List<ScriptedRequest.Message> messages = new ArrayList<>();
        for (Fields message : body.objects("messages", Set.of("role", "content", "name"))) {
            message.oneOf("role", Set.of("system", "developer", "user", "assistant"));
            messages.add(new ScriptedRequest.Message(message.text("role"),
                    message.content("content", Set.of("type", "text"))));
        }
        return messages;
    }

    private static Optional<JsonNode> schema(Fields body) throws Problem {
        if (body.find("response_format").isEmpty()) {
            return Optional.empty();
        }
        Fields format = body.object("response_format", Set.of("type", "json_schema"));
        format.oneOf("type", Set.of("text", "json_object", "json_schema"));
        if (!format.text("type").equals("json_schema")) {
            return Optional.empty();
        }
        Fields wrapper = format.object("json_schema", Set.of("name", "description", "schema", "strict"));
        if (!wrapper.text("name").matches("[a-zA-Z0-9_-]{1,64}")) {
            throw wrapper.problem("name", "a string of letters, digits, '_' and '-', at most 64");
        }
        JsonNode schema = wrapper.get("schema");
        Optional<String> wrong = wrapper.flag("strict") ? SchemaRules.OPENAI.wrong(schema) : Optional.empty();
        if (wrong.isPresent()) {
            throw Problem.at("response_format", "Invalid schema for response_format '" + wrapper.text("name") + "': "
                    + wrong.get() + ".");
        }
        return Optional.of(schema);
    }
}
