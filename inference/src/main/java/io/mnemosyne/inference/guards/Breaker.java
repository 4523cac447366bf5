package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;

/**
 * Leaves a model alone that fails: when half of its last ten calls failed, of at least five, nobody calls it for 15 s;
 * then two calls try. If they fail it is left alone for twice as long, up to five minutes. Thread-safe.
 */
public final class Breaker implements ChatModel {
    private static final Logger LOGGER = LoggerFactory.getLogger(Breaker.class);
    private static final int LAST_CALLS = 10;
    private static final int LEAST_CALLS = 5;
    private static final int PROBES = 2;
    private static final Duration FIRST_REST = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    /** They say something about the prompt, the pace or the budget, not about the model. */
    private static final Set<Failure> NOT_ITS_FAULT = EnumSet.of(Failure.RATE_LIMITED, Failure.REFUSED,
            Failure.TOO_LARGE, Failure.REPEATING, Failure.CUT_OFF, Failure.OUT_OF_BUDGET, Failure.CIRCUIT_OPEN);

    private final ChatModel model;
    private final Time time;
    private final CircuitBreaker circuit;

    /** Whether a model is called. */
    public enum State {
        CLOSED,
        OPEN,
        /** A few calls try whether it is back. */
        HALF_OPEN
    }

    public Breaker(ChatModel model, Time time, Counts counts) {
        this.model = model;
        this.time = time;
        this.circuit = CircuitBreaker.of(model.id().toString(), CircuitBreakerConfig.custom()
                .slidingWindow(LAST_CALLS, LEAST_CALLS, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50).permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(FIRST_REST, 2, LONGEST_REST))
                .clock(time.withZone(ZoneOffset.UTC)).build());
        circuit.getEventPublisher().onStateTransition(event -> {
            State state = state(event.getStateTransition().getToState());
            counts.raise("circuit." + state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            LOGGER.atLevel(state == State.OPEN ? Level.WARN : Level.INFO).addKeyValue("model", model.id())
                    .addKeyValue("state", state)
                    .log("A model's circuit has another state");
        });
    }

    @Override
    public ModelId id() {
        return model.id();
    }

    public State state() {
        return state(circuit.getState());
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
        if (!circuit.tryAcquirePermission()) {
            throw new ChatException(Failure.CIRCUIT_OPEN, "not called, because it failed too often lately");
        }
        long began = time.nanos();
        try {
            ChatAnswer answer = model.answer(request);
            circuit.onSuccess(time.nanos() - began, TimeUnit.NANOSECONDS);
            return answer;
        } catch (ChatException e) {
            if (NOT_ITS_FAULT.contains(e.failure())) {
                circuit.releasePermission();
            } else {
                circuit.onError(time.nanos() - began, TimeUnit.NANOSECONDS, e);
            }
            throw e;
        } catch (InterruptedException e) {
            circuit.releasePermission();
            throw e;
        } catch (RuntimeException | Error e) {
            circuit.onError(time.nanos() - began, TimeUnit.NANOSECONDS, e);
            throw e;
        }
    }

    private static State state(CircuitBreaker.State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
        };
    }
}
