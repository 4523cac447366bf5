package io.mnemosyne.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of the provider that an agent calls.
 *
 * @param full whether its last prompt was at or over {@link Policy#totalLine()}, and nothing was done about it yet
 * @param calls the newest call of each model called lately, newest first
 */
public record ProviderFacts(boolean full, List<Call> calls) {
    public static final ProviderFacts NONE = new ProviderFacts(false, List.of());
    /** Models remembered; an agent that rotates over more pays for a new cache at every change anyway. */
    private static final int MAX_MODELS = 4;

    public ProviderFacts {
        calls = List.copyOf(calls);
    }

    /** A call of a model. */
    public record Call(String model, Instant at) {
    }

    /** The model that a turn says it was written by, if it is the assistant's. */
    public static Optional<String> modelOf(Turn turn) {
        return turn.body().origin().model().filter(_ -> turn.role() == Role.ASSISTANT);
    }

    /**
     * Whether a call meets a cold cache because another model was called before. A provider keeps a cache for each model:
     * one that was called within the time to live still has its own, so an agent that goes back and forth between two
     * models changes nothing.
     */
    public boolean isChangeToColdCache(String model, Instant at, Duration ttl) {
        return !calls.isEmpty() && !calls.getFirst().model().equals(model) && calls.stream()
                .noneMatch(call -> call.model().equals(model) && !call.at().plus(ttl).isBefore(at));
    }

    /** The model that was called last, if any turn has named one. */
    public Optional<String> newestModel() {
        return calls.stream().findFirst().map(Call::model);
    }

    public ProviderFacts called(String model, Instant at) {
        return new ProviderFacts(full, Stream.concat(Stream.of(new Call(model, at)),
                calls.stream().filter(call -> !call.model().equals(model))).limit(MAX_MODELS).toList());
    }

    /** What a report means under a policy. */
    public ProviderFacts reported(ReportedUsage usage, Policy policy) {
        return withFull(usage.inputTokens() >= policy.totalLine());
    }

    public ProviderFacts withFull(boolean nowFull) {
        return new ProviderFacts(nowFull, calls);
    }
}
