package io.mnemosyne.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** OpenAI's Chat Completions API. */
final class OpenAiFormat implements WireFormat {
    private static final long CREATED = 1_764_000_000;

    private final PromptCache cache = new PromptCache();

    @Override
    public Wire wire() {
        return Wire.OPENAI;
    }

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public ScriptedRequest read(HttpRequest request) throws Problem {
        return OpenAiReader.read(request);
    }

    @Override
    public Usage usage(ScriptedRequest request, String answer) {
        return cache.usage(request, true, answer);
    }

    @Override
    public String body(Answer answer) {
        ObjectNode body = head(answer, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        boolean refused = answer.stop() == Behaviour.Stop.REFUSED;
        choice.putObject("message").put("role", "assistant").put("content", refused ? null : answer.text())
                .put("refusal", refused ? answer.text() : null);
        choice.putNull("logprobs").put("finish_reason", finishReason(answer));
        body.set("usage", usage(answer));
        return Json.text(body);
    }

    @Override
    public List<String> events(Answer answer) {
        List<String> events = new ArrayList<>();
        boolean refused = answer.stop() == Behaviour.Stop.REFUSED;
        events.add(chunk(answer, Json.object().put("role", "assistant").put(refused ? "refusal" : "content", ""),
                null));
        answer.pieces().forEach(piece -> events
                .add(chunk(answer, Json.object().put(refused ? "refusal" : "content", piece), null)));
        events.add(chunk(answer, Json.object(), finishReason(answer)));
        if (answer.request().body().path("stream_options").path("include_usage").asBoolean()) {
            ObjectNode last = head(answer, "chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(answer));
            events.add(event(Json.text(last)));
        }
        events.add(event("[DONE]"));
        return events;
    }

    @Override
    public String errorEvent() {
        return event(error(Behaviour.fail(Behaviour.Trouble.SERVER_ERROR)));
    }

    @Override
    public String garbledEvent() {
        return event("{\"id\": \"chatcmpl-1\", \"choices\": [{\"index\": 0, \"del");
    }

    @Override
    public int status(Behaviour.Trouble trouble) {
        return switch (trouble) {
            case REJECTED, CONTEXT_TOO_LONG -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case TOO_LARGE -> 413;
            case RATE_LIMITED, OUT_OF_CREDIT -> 429;
            case SERVER_ERROR -> 500;
            case OVERLOADED -> 503;
        };
    }

    @Override
    public String error(Behaviour.Fail failure) {
        ObjectNode body = Json.object();
        String message = failure.message().isEmpty() ? standardMessage(failure.trouble()) : failure.message();
        body.putObject("error").put("message", message).put("type", type(failure.trouble()))
                .put("param", failure.parameter().orElse(null)).put("code", code(failure));
        return Json.text(body);
    }

    @Override
    public Map<String, String> headers(String requestId) {
        return Map.of("x-request-id", requestId);
    }

    private static String type(Behaviour.Trouble trouble) {
        return switch (trouble) {
            case REJECTED, CONTEXT_TOO_LONG, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_LARGE -> "invalid_request_error";
            case OUT_OF_CREDIT -> "insufficient_quota";
            case RATE_LIMITED -> "requests";
            case SERVER_ERROR, OVERLOADED -> "server_error";
        };
    }

    private static @Nullable String code(Behaviour.Fail failure) {
        return switch (failure.trouble()) {
            case REJECTED -> failure.parameter().map(_ -> "unsupported_parameter").orElse(null);
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case OUT_OF_CREDIT -> "insufficient_quota";
            case UNAUTHORIZED -> "invalid_api_key";
            case NOT_FOUND -> "model_not_found";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case FORBIDDEN, TOO_LARGE, SERVER_ERROR, OVERLOADED -> null;
        };
    }

    private static String standardMessage(Behaviour.Trouble trouble) {
        return switch (trouble) {
            case REJECTED -> "Invalid request.";
            case CONTEXT_TOO_LONG -> "This model's maximum context length is 128000 tokens. However, your messages "
                    + "resulted in 214213 tokens. Please reduce the length of the messages.";
            case OUT_OF_CREDIT -> "You exceeded your current quota, please check your plan and billing details.";
            case UNAUTHORIZED -> "Incorrect API key provided.";
            case FORBIDDEN -> "You are not allowed to sample from this model.";
            case NOT_FOUND -> "The model does not exist or you do not have access to it.";
            case TOO_LARGE -> "Request body is too large.";
            case RATE_LIMITED -> "Rate limit reached for requests. Please try again later.";
            case SERVER_ERROR -> "The server had an error while processing your request. Sorry about that!";
            case OVERLOADED -> "The engine is currently overloaded, please try again later.";
        };
    }

    private static ObjectNode head(Answer answer, String object) {
        return Json.object().put("id", "chatcmpl-" + answer.id()).put("object", object).put("created", CREATED)
                .put("model", answer.request().model());
    }

    private static String chunk(Answer answer, ObjectNode delta,
            @Nullable String finishReason) {
        ObjectNode chunk = head(answer, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return event(Json.text(chunk));
    }

    private static ObjectNode usage(Answer answer) {
        Usage usage = answer.usage();
        ObjectNode node = Json.object().put("prompt_tokens", usage.input()).put("completion_tokens", usage.output())
                .put("total_tokens", usage.input() + usage.output());
        node.putObject("prompt_tokens_details").put("cached_tokens", usage.cacheRead());
        return node;
    }

    private static String finishReason(Answer answer) {
        return switch (answer.stop()) {
            case COMPLETE, REFUSED -> "stop";
            case CUT_OFF -> "length";
            case FILTERED -> "content_filter";
        };
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
