package io.mnemosyne.core.thread;

import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a result may do. It is told from what was sent and what came back alone, not from what the machine keeps of it.
 */
final class Fence {
    private Fence() {
    }

    static void ofObservations(ObserverState before, Decision<ObserverState, ObserverEffect> decision,
            ObservationResult result, Optional<ObservationRequest> awaited) {
        if (result.outcome() instanceof ObservationResult.Idle) {
            assertThat(decision.state().observedThrough()).as("4 fenced: quiet observes nothing")
                    .isEqualTo(before.observedThrough());
            return;
        }
        boolean failed = result.outcome() instanceof ObservationResult.Failed
                || result.outcome() instanceof ObservationResult.Expired;
        if (failed) {
            assertThat(decision.state().observedThrough()).as("6 failed is not empty: %s covers nothing", result)
                    .isEqualTo(before.observedThrough());
            assertThat(decision.state().watermark()).as("6 failed is not empty: %s covers nothing", result)
                    .isEqualTo(before.watermark());
        }
        if (!isAwaited(awaited.map(Sent::of), result.requestId(), result.incarnation(), result.attempt(), failed)) {
            isUnchanged(before, decision, result);
        }
        if (result.outcome() instanceof ObservationResult.Nothing && decision.counts().isEmpty()) {
            assertThat(decision.state().observedThrough()).as("6 failed is not empty: nothing notable is coverage")
                    .isEqualTo(awaited.orElseThrow().range().to());
        }
        if (failed && !decision.counts().contains("result.stale")) {
            assertThat(decision.state().inFlight().map(sent -> sent.requestId()))
                    .as("6 failed is not empty: what failed is still asked for")
                    .isEqualTo(awaited.map(ObservationRequest::requestId));
        }
    }

    static void ofReflections(ReflectorState before, Decision<ReflectorState, ReflectorEffect> decision,
            ReflectionResult result, Optional<ReflectionRequest> awaited) {
        boolean failed = !(result.outcome() instanceof ReflectionResult.Reflected);
        if (failed) {
            assertThat(decision.state().live()).as("6 failed is not empty: %s replaces nothing", result)
                    .isEqualTo(before.live());
            assertThat(decision.state().project()).as("6 failed is not empty: %s says nothing", result)
                    .isEqualTo(before.project());
        }
        if (!isAwaited(awaited.map(Sent::of), result.requestId(), result.incarnation(), result.attempt(), failed)) {
            isUnchanged(before, decision, result);
        }
    }

    /** Paid work applies whichever attempt it is of, a failure only if of the latest one. */
    private static boolean isAwaited(Optional<Sent> awaited, String requestId, long incarnation, int attempt,
            boolean failed) {
        return awaited.filter(sent -> sent.requestId().equals(requestId) && sent.incarnation() == incarnation
                && (!failed || sent.attempt() == attempt)).isPresent();
    }

    private static <S, E> void isUnchanged(S before, Decision<S, E> decision, Object result) {
        assertThat(decision.state()).as("4 fenced: %s, which nobody waits for, changes nothing", result)
                .isEqualTo(before);
        assertThat(decision.effects()).as("4 fenced: nothing comes of %s", result).isEmpty();
        assertThat(decision.counts()).as("4 fenced: %s is counted", result).hasSize(1);
    }
}
