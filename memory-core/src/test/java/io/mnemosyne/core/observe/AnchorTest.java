package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class AnchorTest {
    private static final Instant EVENING = Instant.parse("2026-03-01T23:30:00Z");
    private final ObservedThread thread = new ObservedThread(Policy.standard());

    @Test
    void shouldSayBesideWhatWasSaidWhichDayWasMeant() {
        // given
        thread.says(Role.USER, 2_000);
        // when
        String text = SegmentText.of(observe("Fix what broke yesterday",
                entry(Kind.REQUEST, 0, Optional.of(EVENING), "Fix what broke yesterday")));
        // then
        assertThat(text).isEqualTo("""
                                   ## Observed turns 0-%d: What broke yesterday (yesterday = 2026-02-28)
                                   ### 2026-03-01
                                   - ! 23:30 [0] request: Fix what broke yesterday (yesterday = 2026-02-28)
                                   Current task: Fix what broke yesterday (yesterday = 2026-02-28)
                                   Next step: Look at today's log (today = 2026-03-01)
                                   """.formatted(thread.state().observedThrough()));
    }

    @Test
    void shouldReckonInTheZoneOfTheThread() {
        // given
        thread.obeys(Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        thread.says(Role.USER, 2_000);
        // when
        String text = SegmentText.of(observe("-", entry(Kind.REQUEST, 0, Optional.of(EVENING), "Due tomorrow")));
        // then
        assertThat(text).startsWith("## Observed turns 0-" + thread.state().observedThrough()
                + ", times in Europe/Berlin: ").contains("### 2026-03-02\n- ! 00:30 [0] request: Due tomorrow "
                        + "(tomorrow = 2026-03-03)\n");
    }

    @Test
    void shouldMakeUpNothing() {
        // given
        thread.says(Role.USER, 2_000).calls(100, "a").answers(100, "a");
        // when a time is not known, a tool printed it, or it is no speech
        Segment segment = observe("What was it yesterday?", entry(Kind.REQUEST, 0, Optional.empty(), "Due tomorrow"),
                entry(Kind.FACT, 2, Optional.of(EVENING), "from a.md: changed yesterday"),
                entry(Kind.COMMAND, 1, Optional.of(EVENING.minusSeconds(86_400)), "date -d yesterday"));
        // then neither they nor the task, which may have been said on either day, have a date
        assertThat(segment.entries()).allMatch(entry -> entry.dates().isEmpty());
        assertThat(segment.currentTask()).hasValue("What was it yesterday?");
    }

    private Segment observe(String task, LogEntry... entries) {
        while (thread.unanswered().isEmpty()) {
            thread.says(Role.ASSISTANT, 1_000);
        }
        thread.worker(new ObservationResult.Observed(List.of(entries), Optional.of("What broke yesterday"),
                Optional.of(task), Optional.of("Look at today's log"), new Provenance("a", "b", "c", 0, 0)));
        return thread.state().chunks().buffered().getLast();
    }

    private static LogEntry entry(Kind kind, long seq, Optional<Instant> at, String text) {
        return new LogEntry(Priority.NOTABLE, kind, SeqRange.of(seq), at, text);
    }
}
