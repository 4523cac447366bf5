package io.mnemosyne.service;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

import io.mnemosyne.core.Command;

/** What an agent tells about its thread: {@code POST /usage}, what its provider counted; {@code POST /pin}, what it needs; {@code POST /compact}. */
final class CommandResource {
    private final CommandIntake commands;

    CommandResource(CommandIntake commands) {
        this.commands = commands;
    }

    /** Takes a report. It has its place among the turns, so it is best sent before the turn that the call answered with. */
    void usage(Context request) {
        Map<String, String> report = fields(request, "{\"inputTokens\": 1234}", "inputTokens", "outputTokens", "model");
        take(request, Command.Kind.USAGE, report, "no report of usage", "the report");
    }

    /** Compacts the context now, whatever it holds. */
    void compact(Context request) {
        Map<String, String> asked = request.bodyAsBytes().length == 0
                ? Map.of()
                : fields(request, "{}", "epoch", "tokens", "window");
        take(request, Command.Kind.COMPACT, asked, "no compaction", "the compaction");
    }

    /** Keeps a turn or an object in full, from the next epoch on. What the thread does not have is journalled as refused. */
    void pin(Context request) {
        Map<String, String> pin = fields(request, "{\"seq\": 12} or {\"object\": \"<id>\"}", "seq", "object");
        if (pin.size() != 1) {
            throw Problem
                    .badRequest("no pin: give either 'seq', the number of a turn, or 'object', the id of an object");
        }
        if (!pin.getOrDefault("seq", "0").matches("\\d{1,18}")) {
            throw Problem.badRequest("no pin: 'seq' is '" + pin.get("seq") + "'; it must be a whole number from 0");
        }
        take(request, Command.Kind.PIN, pin, "no pin", "the pin");
    }

    private void take(Context request, Command.Kind kind, Map<String, String> arguments, String refusal, String name) {
        CommandIntake.Taken taken = commands.take(request, Requests.thread(request), kind, arguments, refusal, name);
        Answers.json(request, Json.of(new Receipt(taken.id(), taken.position())));
    }

    /** Some fields of the body as a command carries them; what is neither a text nor a number is none of them. */
    private static Map<String, String> fields(Context request, String example, String... names) {
        JsonNode body = Body.object(Body.text(request.bodyAsBytes()), example);
        Map<String, String> fields = new TreeMap<>();
        for (String name : List.of(names)) {
            JsonNode value = body.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                fields.put(name, value.asText());
            }
        }
        return fields;
    }

    /** The JSON of a command that was taken. */
    record Receipt(String id, String position) {
    }
}
