package io.mnemosyne.scripted;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Speaks to the server as an SDK does, without one. */
final class Client {
    static final String ANTHROPIC = """
                                    {"model": "claude-haiku-4-5", "max_tokens": 100, "stream": %b, "temperature": 0.2,
                                     "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
                                     "messages": [{"role": "user", "content": "Hello"}]}""";
    static final String OPENAI = """
                                 {"model": "gpt-5-mini", "max_completion_tokens": 100, "stream": %b,
                                  "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}""";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final ScriptedModels models;

    Client(ScriptedModels models) {
        this.models = models;
    }

    HttpResponse<String> ask(Wire wire, boolean stream) throws IOException, InterruptedException {
        return post(wire, (wire == Wire.ANTHROPIC ? ANTHROPIC : OPENAI).formatted(stream));
    }

    HttpResponse<String> post(Wire wire, String body) throws IOException, InterruptedException {
        return send(request(wire, body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(Wire wire, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(models.url(wire)
                + (wire == Wire.ANTHROPIC ? "/v1/messages" : "/chat/completions")))
                .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        return wire == Wire.ANTHROPIC
                ? request.header("x-api-key", "k").header("anthropic-version", "2023-06-01")
                : request.header("authorization", "Bearer k");
    }
}
