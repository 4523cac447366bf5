package io.mnemosyne.service;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.javalin.http.Context;

import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.transcript.TurnJson;

/** {@code /turns}: producing turns and reading them back in full. */
final class TurnsResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final TurnIntake intake;
    private final ThreadReader reader;

    TurnsResource(TurnIntake intake, ThreadReader reader) {
        this.intake = intake;
        this.reader = reader;
    }

    void post(Context request) {
        ThreadKey thread = Requests.thread(request);
        List<String> turns = Body.turns(String.valueOf(request.contentType()), Body.text(request.bodyAsBytes()));
        String idPrefix = Requests.header(request, "Idempotency-Key").orElseGet(() -> UUID.randomUUID().toString());
        TurnIntake.Receipt receipt = intake.take(thread, turns, idPrefix);
        request.status(202);
        Answers.json(request, Json.of(receipt));
    }

    void get(Context request) {
        ThreadKey thread = Requests.thread(request);
        long from = Requests.number(request, "from", 0, Long.MAX_VALUE).orElse(0);
        long to = Requests.number(request, "to", from, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        int limit = (int) Requests.number(request, "limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
        String format = Requests.choice(request, "format", "json", "jsonl");
        ThreadResource.existing(reader, thread);
        List<Turn> turns = reader.turns(thread, from, limit).stream().filter(turn -> turn.seq() <= to).toList();
        if (format.equals("jsonl")) {
            Answers.text(request, "application/x-ndjson", turns.stream()
                    .map(turn -> TurnJson.write(turn.body()) + "\n").collect(Collectors.joining()));
        } else {
            Answers.json(request, page(turns, to, limit));
        }
    }

    /** {@code next} is the seq to go on from; it is missing at the end. */
    private static String page(List<Turn> turns, long to, int limit) {
        return Json.written(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("turns");
            for (Turn turn : turns) {
                TurnJson.write(turn.body(), Map.of("seq", turn.seq()), json);
            }
            json.writeEndArray();
            if (turns.size() == limit && turns.getLast().seq() < to) {
                json.writeNumberField("next", turns.getLast().seq() + 1);
            }
            json.writeEndObject();
        });
    }
}
