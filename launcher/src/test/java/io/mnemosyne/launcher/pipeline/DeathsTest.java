package io.mnemosyne.launcher.pipeline;

import java.util.List;
import java.util.stream.IntStream;

import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

import io.mnemosyne.launcher.pipeline.Deaths.Verdict;
import io.mnemosyne.schemas.serde.SchemaLookupException;

import static org.assertj.core.api.Assertions.assertThat;

class DeathsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Throwable BUG = new StreamsException(new IllegalStateException("a bug"));
    private static final Throwable REGISTRY_AWAY = new StreamsException(new SchemaLookupException("no answer"));

    private final Deaths deaths = new Deaths();

    @Test
    void shouldGiveUpOnWhatFailsAgainAndAgain() {
        assertThat(verdicts(BUG, 6, SECOND)).endsWith(Verdict.REPLACE, Verdict.GIVE_UP)
                .filteredOn(Verdict.GIVE_UP::equals).hasSize(1);
    }

    @Test
    void shouldReplaceWhatFailsNowAndThen() {
        assertThat(verdicts(BUG, 100, 30 * SECOND)).containsOnly(Verdict.REPLACE);
    }

    @Test
    void shouldWaitForAServiceThatDoesNotAnswerHoweverLongThatTakes() {
        assertThat(verdicts(REGISTRY_AWAY, 100, SECOND)).containsOnly(Verdict.REPLACE_AFTER_A_PAUSE);
        assertThat(verdicts(BUG, 1, SECOND)).containsExactly(Verdict.REPLACE);
    }

    private List<Verdict> verdicts(Throwable failure, int times, long apart) {
        return IntStream.range(0, times).mapToObj(i -> deaths.after(failure, i * apart)).toList();
    }
}
