package io.mnemosyne.inference.providers.offline;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/** Observes every recorded session under MNEMOSYNE_DATA. */
@EnabledIfEnvironmentVariable(named = "MNEMOSYNE_DATA", matches = ".+")
class OfflineObserverOnRecordingsTest {
    private static final TokenCounter TOKENS = O200kTokenCounter.shared();
    private final OfflineObserver observer = new OfflineObserver(TOKENS);

    @Test
    void shouldObserveEveryRecordingWithinItsBudget() throws IOException {
        int sessions = 0;
        int chunks = 0;
        long in = 0;
        long out = 0;
        for (Recording recording : Recording.all(Path.of(System.getenv("MNEMOSYNE_DATA")))) {
            sessions++;
            for (ObservationRequest request : recording.requests(2_000)) {
                // when
                ObservationResult.Outcome outcome = observer.observe(request);
                // then
                assertThat(outcome).as(recording.name()).isInstanceOf(ObservationResult.Observed.class);
                ObservationResult.Observed observed = (ObservationResult.Observed) outcome;
                long turns = request.turns().stream().mapToLong(Rendition::tokens).sum();
                long entries = observed.entries().stream().mapToLong(entry -> TOKENS.count(entry.text())).sum();
                // a quarter, and as much again for the words of the user
                assertThat(entries).as(recording.name()).isLessThanOrEqualTo(Math.max(400, turns / 2));
                assertThat(observed.entries())
                        .allSatisfy(entry -> assertThat(request.range().contains(entry.seqs())).isTrue());
                chunks++;
                in += turns;
                out += entries;
            }
        }
        assertThat(chunks).isPositive();
        System.out.printf("observed %d sessions in %d chunks: %d tokens to %d%n", sessions, chunks, in, out);
    }
}
