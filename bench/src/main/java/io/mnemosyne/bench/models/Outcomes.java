package io.mnemosyne.bench.models;

import java.util.Collection;
import java.util.Optional;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.observe.ObservationResult;

/**
 * What became of requests.
 *
 * @param model answered by a model
 * @param extractor answered by the extractor, at once or in a model's place
 * @param failed nobody answered
 * @param expired the lease passed before anybody was asked
 * @param open not answered yet
 * @param tokens that providers billed for the answers
 */
record Outcomes(int model, int extractor, int failed, int expired, int open, long tokens) {
    private static final String EXTRACTOR = "offline";

    static Outcomes of(Collection<Exchange> exchanges) {
        Outcomes all = new Outcomes(0, 0, 0, 0, 0, 0);
        for (Exchange exchange : exchanges) {
            all = all.plus(exchange.answer().map(Exchange.Answer::outcome));
        }
        return all;
    }

    int total() {
        return model + extractor + failed + expired + open;
    }

    private Outcomes plus(Optional<ObservationResult.Outcome> outcome) {
        if (outcome.isEmpty()) {
            return new Outcomes(model, extractor, failed, expired, open + 1, tokens);
        }
        return switch (outcome.get()) {
            case ObservationResult.Observed observed -> answeredBy(observed.provenance());
            case ObservationResult.Nothing nothing -> answeredBy(nothing.provenance());
            case ObservationResult.Failed _ -> new Outcomes(model, extractor, failed + 1, expired, open, tokens);
            case ObservationResult.Expired _ -> new Outcomes(model, extractor, failed, expired + 1, open, tokens);
            case ObservationResult.Idle _ -> this;
        };
    }

    private Outcomes answeredBy(Provenance writer) {
        boolean offline = writer.provider().equals(EXTRACTOR);
        return new Outcomes(model + (offline ? 0 : 1), extractor + (offline ? 1 : 0), failed, expired, open,
                tokens + writer.inputTokens() + writer.outputTokens());
    }
}
