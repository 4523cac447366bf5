package io.mnemosyne.core.trace;

import java.time.Instant;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;

/** What an event of a foreign producer must be like. What is said against it holds nothing of its content. */
public final class SpanRules {
    private static final int LONGEST_NAME = 200;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private SpanRules() {
    }

    /** What is wrong with an event and what to do; empty if nothing is. */
    public static Optional<String> flaw(SpanRecord told) {
        if (!ThreadKey.isName(told.tenant())) {
            return Optional.of("its tenant is no name: 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -");
        }
        return switch (told.event()) {
            case SpanEvent.Finished(Place place, Span span) -> flaw(place).or(() -> flawOfName(span.name()))
                    .or(() -> span.endedAt().isBefore(span.startedAt())
                            ? Optional.of("it ends before it begins")
                            : flaw(span.startedAt()).or(() -> flaw(span.endedAt())))
                    .or(() -> flaw(span.facts()));
            case SpanEvent.Started(Place place, var _, var _, String name, Instant at, SpanFacts facts) ->
                flaw(place).or(() -> flawOfName(name)).or(() -> flaw(at)).or(() -> flaw(facts));
            case SpanEvent.Ended(Place place, var _, Instant at, var _, SpanFacts facts) ->
                flaw(place).or(() -> flaw(at)).or(() -> flaw(facts));
            case SpanEvent.Linked _ -> Optional.of("only ingest links threads to traces");
        };
    }

    private static Optional<String> flaw(Place place) {
        return switch (place) {
            case Place.InTrace _ -> Optional.empty();
            case Place.AtTurn(String thread, var _, var _, var _) when !ThreadKey.isName(thread) ->
                Optional.of("its thread is no name: 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -");
            case Place.AtTurn(var _, long incarnation, long seq, var _) when incarnation < 0 || seq < 0 ->
                Optional.of("its seq or incarnation is below 0");
            case Place.AtTurn _ -> Optional.empty();
        };
    }

    private static Optional<String> flawOfName(String name) {
        return name.isBlank() || name.length() > LONGEST_NAME
                ? Optional.of("its name has " + name.length() + " characters; give it 1 to " + LONGEST_NAME
                        + " that are not all blank")
                : Optional.empty();
    }

    private static Optional<String> flaw(Instant at) {
        return at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)
                ? Optional.of("its time is before 1970 or after 2200; times are microseconds since 1970, UTC")
                : Optional.empty();
    }

    private static Optional<String> flaw(SpanFacts facts) {
        boolean sound = facts.usage().values().stream().allMatch(tokens -> tokens >= 0)
                && facts.cost().values().stream().allMatch(dollars -> dollars >= 0 && Double.isFinite(dollars));
        return sound ? Optional.empty() : Optional.of("its usage or cost has a number below 0 or none at all");
    }
}
