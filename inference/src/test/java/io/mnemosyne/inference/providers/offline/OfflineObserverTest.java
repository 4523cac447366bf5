package io.mnemosyne.inference.providers.offline;

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.tokens.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

class OfflineObserverTest {
    private static final TokenCounter QUARTERS = text -> (text.length() + 3) / 4;
    private final OfflineObserver observer = new OfflineObserver(QUARTERS);

    @Test
    void shouldTellWhatHappenedInOrder() {
        // given
        Conversation conversation = new Conversation().system("You are a bot called Hal9000_unit.")
                .user("fix the failing test in tests/test_width.py")
                .assistant("I'll run the tests first.")
                .bash("pytest -q", "E   ValueError: bad width\n1 failed in 0.1s\n")
                .assistant("The root cause is that parse_width drops the sign.")
                .call("e", "edit", "{\"path\":\"src/width.py\",\"oldText\":\"abs(x)\",\"newText\":\"x\"}")
                .result("e", "ok")
                .bash("pytest -q", "4 passed in 0.1s\n").assistant("Done. Next I will update the changelog.");
        // when it may write more than it reads
        ObservationResult.Observed observed = (ObservationResult.Observed) new OfflineObserver(QUARTERS, 4)
                .observe(Recording.request(conversation.turns()));
        // then
        assertThat(observed.entries()).extracting(LogEntry::kind).startsWith(LogEntry.Kind.REQUEST).contains(
                LogEntry.Kind.RESOLUTION, LogEntry.Kind.DECISION, LogEntry.Kind.FILE);
        assertThat(observed.currentTask()).contains("fix the failing test in tests/test_width.py");
        assertThat(observed.nextStep()).contains("Next I will update the changelog.");
        assertThat(text(observed)).contains("ValueError: bad width", "4 passed", "src/width.py")
                .doesNotContain("Hal9000");
    }

    @Test
    void shouldTellTheBeginningAndTheEndOfALongRequestWhenThereIsLittleRoom() {
        // given
        Conversation conversation = new Conversation()
                .user("Move the parser to its own module. " + "It has grown too large by now. ".repeat(15)
                        + "Ship it.");
        // when
        ObservationResult.Observed observed = observe(conversation);
        // then
        assertThat(text(observed)).contains("Move the parser to its own module.", "Ship it.");
    }

    @Test
    void shouldQuoteALineOfNamesWithTheWordsBesideIt() {
        // given a line of names only, with its meaning in the next one
        Conversation conversation = new Conversation().user("look around").bash("cat notes.txt",
                "retry_limit, backoff_ms, jitter_ms\nare read once when the process starts and never again\n"
                        + "nothing else matters here at all\n".repeat(40));
        // when
        ObservationResult.Observed observed = observe(conversation);
        // then
        assertThat(text(observed)).contains("retry_limit, backoff_ms, jitter_ms",
                "are read once when the process starts");
    }

    @Test
    void shouldSayNothingWhenThereIsNothing() {
        // given
        Conversation conversation = new Conversation().assistant("ok").user("<system-reminder>x</system-reminder>");
        // when / then
        assertThat(observer.observe(Recording.request(conversation.turns())))
                .isInstanceOf(ObservationResult.Nothing.class);
    }

    @Property(tries = 100)
    void shouldStayInRangeAndBudgetWhateverItReads(@ForAll @Size(min = 1, max = 30) List<String> texts) {
        // given
        Conversation conversation = new Conversation();
        for (String text : texts) {
            conversation.user(text).assistant(text).call(text, text, text).failure(text, text);
        }
        ObservationRequest request = Recording.request(conversation.turns());
        long chars = texts.stream().mapToLong(String::length).sum() * 5;
        // when
        ObservationResult.Outcome outcome = observer.observe(request);
        // then
        assertThat(observer.observe(request)).isEqualTo(outcome);
        if (outcome instanceof ObservationResult.Observed observed) {
            assertThat(observed.entries()).allSatisfy(entry -> {
                assertThat(request.range().contains(entry.seqs())).isTrue();
                assertThat(entry.text()).isNotBlank().hasSizeLessThanOrEqualTo(2_000);
            });
            long tokens = observed.entries().stream().mapToLong(entry -> QUARTERS.count(entry.text())).sum();
            assertThat(tokens).isLessThanOrEqualTo(Math.max(300, chars / 4));
        }
    }

    private ObservationResult.Observed observe(Conversation conversation) {
        return (ObservationResult.Observed) observer.observe(Recording.request(conversation.turns()));
    }

    private static String text(ObservationResult.Observed observed) {
        return SegmentText.of(new io.mnemosyne.core.Segment("id", io.mnemosyne.core.Segment.Kind.OBSERVATION,
                new io.mnemosyne.core.SeqRange(0, 99), 0, observed.entries(), observed.title(), observed.currentTask(),
                observed.nextStep(), 0));
    }
}
