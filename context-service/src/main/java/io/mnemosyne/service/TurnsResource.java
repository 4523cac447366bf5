package io.mnemosyne.service;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

import io.javalin.http.Context;

import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.ThreadKey;

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
        TurnIntake.Receipt receipt = intake.take(thread, turns, idPrefix,
                Requests.cause(request));
        request.status(202);
        Answers.json(request, Json.of(receipt));
    }

    /** A page says by a link header (RFC 8288) where the next one is; the last page has none. */
    void get(Context request) throws IOException {
        ThreadKey thread = Requests.thread(request);
        long from = Requests.number(request, "from", 0, Long.MAX_VALUE).orElse(0);
        OptionalLong to = Requests.number(request, "to", from, Long.MAX_VALUE);
        int limit = (int) Requests.number(request, "limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
        String format = Requests.choice(request, "format", "json", "jsonl");
        long newest = ThreadResource.existing(reader, thread).nextSeq() - 1;
        TurnPage page = new TurnPage(seq -> reader.turn(thread, seq), from, Math.min(to.orElse(newest), newest), limit);
        if (format.equals("jsonl")) {
            Answers.bytes(request, "application/x-ndjson", page.lines());
        } else {
            Answers.bytes(request, "application/json", page.json());
        }
        page.next().ifPresent(next -> request.header("Link", "<" + request.path() + "?from=" + next
                + (to.isPresent() ? "&to=" + to.getAsLong() : "") + "&limit=" + limit + "&format=" + format
                + ">; rel=\"next\""));
    }
}
