package io.mnemosyne.service;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.ThreadKey;

/** {@code POST /usage}: what the agent's provider counted for its last call. */
final class UsageResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CommandIntake commands;

    UsageResource(CommandIntake commands) {
        this.commands = commands;
    }

    /** Takes a report. It has its place among the turns, so it is best sent before the turn that the call answered with. */
    void post(Context request) {
        ThreadKey thread = Requests.thread(request);
        CommandIntake.Taken report = commands.take(request, thread, Command.Kind.USAGE,
                arguments(Body.text(request.bodyAsBytes())), "no report of usage", "the report");
        Answers.json(request, Json.of(new UsageReceipt(report.id(), report.position())));
    }

    /** The fields as a command carries them; what is neither a text nor a number is none of them. */
    private static Map<String, String> arguments(String body) {
        JsonNode fields = tree(body);
        Map<String, String> arguments = new TreeMap<>();
        for (String name : List.of("inputTokens", "outputTokens", "model")) {
            JsonNode value = fields.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                arguments.put(name, value.asText());
            }
        }
        return arguments;
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is no JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + "; send {\"inputTokens\": 1234}", e);
        }
    }

    /** The JSON of a report that was taken. */
    record UsageReceipt(String id, String position) {
    }
}
