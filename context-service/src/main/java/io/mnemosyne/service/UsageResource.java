package io.mnemosyne.service;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.TurnValidator;

/** {@code POST /usage}: what the agent's provider counted for its last call. */
final class UsageResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TurnLog log;
    private final Clock clock;

    UsageResource(TurnLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Takes a report. It has its place among the turns, so it is best sent before the turn that the call answered with. */
    void post(Context request) {
        ThreadKey thread = Requests.thread(request);
        String id = Requests.header(request, "Idempotency-Key").orElseGet(() -> UUID.randomUUID().toString());
        Command command = new Command(id, Command.Kind.USAGE, Optional.of(clock.instant()),
                arguments(Body.text(request.bodyAsBytes())));
        List<String> problems = TurnValidator.problems(command);
        if (!problems.isEmpty()) {
            throw Problem.badRequest("no report of usage: " + String.join("; ", problems));
        }
        String position = PositionToken.of(TurnIntake.written(log.append(thread, command),
                "the report. It may or may not be stored: send it again with the Idempotency-Key " + id));
        request.status(202);
        Answers.json(request, Json.of(new UsageReceipt(id, position)));
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
