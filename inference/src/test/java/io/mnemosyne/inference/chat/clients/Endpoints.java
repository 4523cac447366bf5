package io.mnemosyne.inference.chat.clients;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.chat.AnswerSchema;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.scripted.Wire;

/** Endpoints at a scripted server, and what is asked of them. */
final class Endpoints {
    static final String KEY = "sk-of-nobody-at-all";
    static final String SECRET_OF_PROMPT = "zanzibar";
    static final AnswerSchema SCHEMA = new AnswerSchema("observations",
            """
            {"type": "object", "additionalProperties": false, "required": ["entries"], "properties": {"entries":
             {"type": "array", "items": {"type": "object", "additionalProperties": false, "required": ["text"],
              "properties": {"text": {"type": "string"}}}}}}""");

    private Endpoints() {
    }

    static ChatModel model(ChatClients clients, Wire wire, URI url) {
        return clients.model(new Endpoint("local", Endpoint.Wire.valueOf(wire.name()), Optional.of(url),
                Optional.of(KEY), 8), new ModelId("local", "some-model"));
    }

    static ChatRequest request(Duration time) {
        return request(time, "You take notes.");
    }

    static ChatRequest request(Duration time, String system) {
        List<ChatMessage> messages = List.of(ChatMessage.user("The word is " + SECRET_OF_PROMPT + "."),
                ChatMessage.assistant("Noted."), ChatMessage.user("And now?"));
        return new ChatRequest("default", false, Deadline.in(time),
                new ChatPrompt(system, messages, SCHEMA, 0.2, 4_000));
    }
}
