package io.mnemosyne.core.recall;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;

import static org.assertj.core.api.Assertions.assertThat;

class TimedRecallTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "t");
    private static final Instant NEWEST = Instant.parse("2026-03-18T15:00:00Z");
    private static final TimeRange YESTERDAY = new TimeRange(Optional.of(Instant.parse("2026-03-17T00:00:00Z")),
            Optional.of(Instant.parse("2026-03-18T00:00:00Z")));

    private final List<MemoryQuery> asked = new ArrayList<>();

    @Test
    void shouldAskForTheTimeThatTheQuestionTells() {
        assertThat(recall(true).find(THREAD, 0, MemoryQuery.of("What did we say yesterday?")).time())
                .contains(YESTERDAY);
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldLookAtAllTimesAndSaySoWhenNothingIsFoundInTheTimeOfTheQuestion() {
        // when
        Recollection found = recall(false).find(THREAD, 0, MemoryQuery.of("What did we say yesterday?"));
        // then
        assertThat(found.time()).isEmpty();
        assertThat(found.found()).hasSize(1);
    }

    @Test
    void shouldKeepToTheTimeThatTheQueryGives() {
        // given
        TimeRange given = new TimeRange(Optional.of(NEWEST), Optional.empty());
        // when
        Recollection found = recall(false).find(THREAD, 0, MemoryQuery.of("What did we say yesterday?").at(given));
        // then
        assertThat(found.time()).contains(given);
        assertThat(found.found()).isEmpty();
    }

    /** @param timed whether something is found when a time is given */
    private Recall recall(boolean timed) {
        Recall all = (_, _, query) -> {
            asked.add(query);
            List<Recalled> found = query.time().isPresent() && !timed
                    ? List.of()
                    : List.of(new Recalled("a", MemoryQuery.Kind.OBJECT, Optional.empty(), SeqRange.of(1),
                            Optional.empty(), "", "", 1, 1, List.of()));
            return new Recollection(found, Recollection.Source.INDEX, query.time());
        };
        return new TimedRecall(all, _ -> Optional.of(NEWEST.atZone(ZoneOffset.UTC)));
    }
}
