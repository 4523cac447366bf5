package io.mnemosyne.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Anthropic's Messages API. */
final class AnthropicFormat implements WireFormat {
    private final PromptCache cache = new PromptCache();

    @Override
    public Wire wire() {
        return Wire.ANTHROPIC;
    }

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public ScriptedRequest read(HttpRequest request) throws Problem {
        return AnthropicReader.read(request);
    }

    @Override
    public Usage usage(ScriptedRequest request, String answer) {
        boolean marked = request.body().path("system").findValue("cache_control") != null;
        return cache.usage(request, marked, answer);
    }

    @Override
    public String body(Answer answer) {
        ObjectNode message = message(answer);
        if (!answer.text().isEmpty() && !answer.declined()) {
            message.withArray("content").addObject().put("type", "text").put("text", answer.text());
        }
        message.put("stop_reason", stopReason(answer));
        message.set("usage", usage(answer, answer.usage().output()));
        return Json.text(message);
    }

    @Override
    public List<String> events(Answer answer) {
        List<String> events = new ArrayList<>();
        ObjectNode start = Json.object();
        ObjectNode message = message(answer);
        message.set("usage", usage(answer, 1));
        start.set("message", message);
        events.add(event("message_start", start));
        events.add(event("ping", Json.object()));
        if (!answer.text().isEmpty() && !answer.declined()) {
            ObjectNode block = Json.object().put("index", 0);
            block.putObject("content_block").put("type", "text").put("text", "");
            events.add(event("content_block_start", block));
            for (String piece : answer.pieces()) {
                ObjectNode delta = Json.object().put("index", 0);
                delta.putObject("delta").put("type", "text_delta").put("text", piece);
                events.add(event("content_block_delta", delta));
            }
            events.add(event("content_block_stop", Json.object().put("index", 0)));
        }
        ObjectNode end = Json.object();
        end.putObject("delta").put("stop_reason", stopReason(answer)).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", answer.usage().output());
        events.add(event("message_delta", end));
        events.add(event("message_stop", Json.object()));
        return events;
    }

    @Override
    public String errorEvent() {
        return event("error", (ObjectNode) error(Behaviour.Trouble.OVERLOADED, "Overloaded"));
    }

    @Override
    public String garbledEvent() {
        return "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 0, \"del\n\n";
    }

    @Override
    public int status(Behaviour.Trouble trouble) {
        return switch (trouble) {
            case REJECTED, CONTEXT_TOO_LONG, OUT_OF_CREDIT -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case TOO_LARGE -> 413;
            case RATE_LIMITED -> 429;
            case SERVER_ERROR -> 500;
            case OVERLOADED -> 529;
        };
    }

    @Override
    public String error(Behaviour.Fail failure) {
        return Json.text(error(failure.trouble(), failure.message().isEmpty()
                ? standardMessage(failure.trouble())
                : failure.message()));
    }

    @Override
    public Map<String, String> headers(String requestId) {
        return Map.of("request-id", requestId);
    }

    private static JsonNode error(Behaviour.Trouble trouble, String message) {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", type(trouble)).put("message", message);
        return body;
    }

    private static String type(Behaviour.Trouble trouble) {
        return switch (trouble) {
            case REJECTED, CONTEXT_TOO_LONG, OUT_OF_CREDIT -> "invalid_request_error";
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case TOO_LARGE -> "request_too_large";
            case RATE_LIMITED -> "rate_limit_error";
            case SERVER_ERROR -> "api_error";
            case OVERLOADED -> "overloaded_error";
        };
    }

    private static String standardMessage(Behaviour.Trouble trouble) {
        return switch (trouble) {
            case REJECTED -> "messages: Input should be valid";
            case CONTEXT_TOO_LONG -> "prompt is too long: 214213 tokens > 200000 maximum";
            case OUT_OF_CREDIT -> "Your credit balance is too low to access the Anthropic API. "
                    + "Please go to Plans & Billing to upgrade or purchase credits.";
            case UNAUTHORIZED -> "invalid x-api-key";
            case FORBIDDEN -> "Your API key does not have permission to use the specified resource.";
            case NOT_FOUND -> "Not Found";
            case TOO_LARGE -> "Request exceeds the maximum size";
            case RATE_LIMITED -> "This request would exceed the rate limit for your organization.";
            case SERVER_ERROR -> "Internal server error";
            case OVERLOADED -> "Overloaded";
        };
    }

    private static ObjectNode message(Answer answer) {
        ObjectNode message = Json.object().put("id", "msg_" + answer.id()).put("type", "message")
                .put("role", "assistant").put("model", answer.request().model());
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        return message;
    }

    private static ObjectNode usage(Answer answer, int output) {
        Usage usage = answer.usage();
        return Json.object().put("input_tokens", usage.input() - usage.cacheRead() - usage.cacheWrite())
                .put("cache_creation_input_tokens", usage.cacheWrite())
                .put("cache_read_input_tokens", usage.cacheRead()).put("output_tokens", output);
    }

    private static String stopReason(Answer answer) {
        return switch (answer.stop()) {
            case COMPLETE -> "end_turn";
            case CUT_OFF -> "max_tokens";
            case REFUSED, FILTERED -> "refusal";
        };
    }

    private static String event(String type, ObjectNode data) {
        ObjectNode typed = Json.object().put("type", type);
        typed.setAll(data);
        return "event: " + type + "\ndata: " + Json.text(typed) + "\n\n";
    }
}
