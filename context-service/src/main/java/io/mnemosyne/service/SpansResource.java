package io.mnemosyne.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.javalin.http.Context;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.service.Problem.InvalidTurn;

/** {@code /spans}: steps that agents tell of themselves. */
final class SpansResource {
    private final SpanIntake intake;

    SpansResource(SpanIntake intake) {
        this.intake = intake;
    }

    void post(Context request) {
        String tenant = Requests.tenant(request);
        Optional<TraceContext> cause = Requests.cause(request);
        List<String> spans = Body.turns(String.valueOf(request.contentType()), Body.text(request.bodyAsBytes()));
        List<CompletableFuture<Position>> sent = new ArrayList<>();
        List<InvalidTurn> invalid = new ArrayList<>();
        for (int index = 0; index < spans.size(); index++) {
            try {
                sent.add(intake.take(tenant, SpanJson.read(spans.get(index), cause)));
            } catch (Problem problem) {
                invalid.add(new InvalidTurn(index, String.valueOf(problem.getMessage())));
            }
        }
        if (sent.isEmpty()) {
            throw Problem.invalidSpans(invalid);
        }
        sent.forEach(position -> TurnIntake.written(position,
                "all spans of the batch. Send it again: what has the same ids and times is shown once"));
        request.status(202);
        Answers.json(request, Json.of(new Receipt(sent.size(), invalid)));
    }

    /** What became of a batch. */
    record Receipt(int accepted, List<InvalidTurn> invalid) {
    }
}
