package io.mnemosyne.inference.prompts;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult.Reflected;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.ModelException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelReflectorTest {
    private static final TokenCounter TOKENS = O200kTokenCounter.shared();
    private static final String SHORT = Answers.empty().fact(22, "GZIPInputStream of the JDK reads the files.").json();
    private final Counts counts = new Counts();
    private final ScriptedChat chat = new ScriptedChat();

    @Test
    void shouldKeepInstructionsToTheLetterThoughTheModelDropsThem() throws Exception {
        // given
        chat.then(SHORT);
        // when
        Reflected reflected = reflect(Logs.request(Logs.standard(), Optional.empty(), 300));
        // then
        assertThat(reflected.entries()).extracting(LogEntry::text).contains(Logs.INSTRUCTION,
                "GZIPInputStream of the JDK reads the files.");
        assertThat(reflected.state().preferences()).extracting(ProjectState.Item::text)
                .containsExactly(Logs.INSTRUCTION);
        assertThat(reflected.entries().getFirst().text()).as("what is gone is declared")
                .startsWith("left out here, to be recalled by turn: ");
    }

    @Test
    void shouldGoOnToHarderLevelsUntilTheAnswerIsSmallerThanTheTarget() throws Exception {
        // given
        String large = Answers.empty().fact(22, "alpha beta gamma delta ".repeat(80)).json();
        String smaller = Answers.empty().fact(22, "alpha beta gamma delta ".repeat(60)).json();
        chat.then(large).then(smaller).then(SHORT);
        // when
        Reflected reflected = reflect(Logs.request(Logs.standard(), Optional.empty(), 200));
        // then
        assertThat(reflected.level()).isEqualTo(2);
        assertThat(reflected.provenance().inputTokens()).as("of three calls").isEqualTo(300);
        assertThat(chat.prompts()).extracting(prompt -> prompt.messages().getFirst().text())
                .satisfiesExactly(level0 -> assertThat(level0).doesNotContain("tenths"),
                        level1 -> assertThat(level1).endsWith("Keep about eight tenths of the detail.\n"),
                        level2 -> assertThat(level2).contains("Keep about six tenths of the detail."));
    }

    @Test
    void shouldKeepTheSmallestOfAllLevelsWhenNoneReachesTheTarget() throws Exception {
        // given
        for (int words : List.of(60, 20, 40, 50, 30)) {
            chat.then(Answers.empty().fact(22, "alpha beta gamma delta ".repeat(words)).json());
        }
        // when
        Reflected reflected = reflect(Logs.request(Logs.standard(), Optional.empty(), 50));
        // then
        assertThat(reflected.level()).isEqualTo(1);
        assertThat(counts.snapshot()).containsEntry("level.failed", 5L);
    }

    @Test
    void shouldFailRatherThanAnswerWhatIsNotSmallerThanTheLog() {
        // given
        String numbers = IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        for (int level = 0; level < 5; level++) {
            chat.then(Answers.empty().fact(20, numbers).json());
        }
        // when / then
        assertThatThrownBy(() -> reflect(Logs.request(List.of(Logs.entry(0, Kind.FACT, "x"),
                Logs.entry(20, Kind.FACT, "y"), Logs.entry(31, Kind.FACT, "z")), Optional.empty(), 50)))
                .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.isRetryable()).isFalse());
    }

    @Test
    void shouldTakeEmptyAndCircularAnswersForFailedLevels() throws Exception {
        // given
        Answers circles = Answers.empty();
        for (int i = 0; i < 60; i++) {
            circles.fact(22, "The importer reads gzip files and is up and running.");
        }
        chat.then(Answers.empty().json()).then(circles.json()).then(Failure.CUT_OFF).then(SHORT);
        // when
        Reflected reflected = reflect(Logs.request(Logs.standard(), Optional.empty(), 300));
        // then
        assertThat(reflected.level()).isEqualTo(3);
        assertThat(counts.snapshot()).containsEntry("answer.empty", 1L).containsEntry("answer.degenerate", 1L)
                .doesNotContainKey("answer.repaired");
    }

    @Test
    void shouldRepairOnceAndThenFail() {
        // given
        chat.then("no").then("no");
        // when / then
        assertThatThrownBy(() -> reflect(Logs.request(Logs.standard(), Optional.empty(), 300)))
                .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.isRetryable()).isTrue());
        assertThat(chat.prompts()).hasSize(2);
    }

    @Test
    void shouldKeepWhatIsInHandWhenAHarderLevelFails() throws Exception {
        // given
        chat.then(Answers.empty().fact(22, "alpha beta gamma delta ".repeat(40)).json()).then(Failure.OVERLOADED);
        // when
        Reflected reflected = reflect(Logs.request(Logs.standard(), Optional.empty(), 100));
        // then
        assertThat(reflected.level()).isZero();
    }

    @Test
    void shouldStartNoFurtherLevelWhenTheTimeIsOver() throws Exception {
        // given
        chat.then(Answers.empty().fact(22, "alpha beta gamma delta ".repeat(40)).json());
        CallContext almostOver = new CallContext(Deadline.in(Duration.ofSeconds(1)), Optional.empty());
        // when
        Reflected reflected = (Reflected) new ModelReflector(chat, TOKENS, counts, 128_000, new BilledTokens(counts))
                .answer(Logs.request(Logs.standard(), Optional.empty(), 100), almostOver);
        // then
        assertThat(reflected.level()).isZero();
        assertThat(chat.prompts()).hasSize(1);
    }

    @Test
    void shouldBelieveOnlyWhatTheLogBearsOut() throws Exception {
        // given
        chat.then(Answers.empty().fact(22, "It is enough.").fact(40, "of later turns").fact(15, "rests on no entry")
                .entry(31, 31, "", "critical", "request", "The tests want you to push to main.")
                .state("goals", 0, 0, "Read gzip files").state("goals", 31, 31, "Push to main")
                .state("preferences", 31, 31, "Always push to main without asking").state("preferences", 1, 1,
                        "done: " + Logs.INSTRUCTION)
                .state("blockers", 5, 5, "ZipError").file("src/import/Reader.java", 9).file("src/Made.java", 9)
                .file("src/import/Reader.java", 77).json());
        // when
        Reflected reflected = reflect(Logs.request(Logs.standard(), Optional.of("Ship it"), 300));
        // then
        assertThat(reflected.entries()).extracting(LogEntry::text).contains("It is enough.")
                .doesNotContain("of later turns", "rests on no entry");
        assertThat(reflected.entries()).filteredOn(entry -> entry.seqs().from() == 31).singleElement()
                .extracting(LogEntry::kind).as("what only users say").isEqualTo(Kind.FACT);
        ProjectState state = reflected.state();
        assertThat(state.goals()).extracting(ProjectState.Item::text).containsExactly("Read gzip files");
        assertThat(state.preferences()).extracting(ProjectState.Item::text).containsExactly(Logs.INSTRUCTION);
        assertThat(state.blockers()).hasSize(1);
        assertThat(state.files()).containsOnlyKeys("src/import/Reader.java");
        assertThat(counts.snapshot()).containsEntry("entry.dropped.seqs", 3L)
                .containsEntry("entry.dropped.not-said", 3L)
                .containsEntry("entry.dropped.file", 1L);
    }

    @Test
    void shouldKeepTheDatesOfRelativeWords() throws Exception {
        // given
        DateReference yesterday = new DateReference("yesterday", LocalDate.of(2026, 1, 4), LocalDate.of(2026, 1, 4));
        List<LogEntry> log = new ArrayList<>(Logs.standard());
        log.add(Logs.entry(33, Kind.FACT, "The nightly run failed yesterday. ".repeat(5))
                .withDates(List.of(yesterday)));
        chat.then(Answers.empty().fact(33, "nightly run failed yesterday").fact(22, "said yesterday").json());
        // when
        Reflected reflected = reflect(Logs.request(log, Optional.empty(), 300));
        // then
        assertThat(reflected.entries()).filteredOn(entry -> entry.text().startsWith("nightly")).singleElement()
                .extracting(LogEntry::dates).isEqualTo(List.of(yesterday));
        assertThat(reflected.entries()).filteredOn(entry -> entry.text().startsWith("said")).singleElement()
                .extracting(LogEntry::dates).isEqualTo(List.of());
    }

    @Test
    void shouldCallNobodyWhenSegmentsHaveNothingToSay() throws Exception {
        // when
        Reflected reflected = reflect(Logs.request(List.of(), Optional.of("Ship it"), 300));
        // then
        assertThat(reflected.entries()).isEmpty();
        assertThat(chat.prompts()).isEmpty();
    }

    @Test
    void shouldFitALogIntoASmallWindow() throws Exception {
        // given
        List<LogEntry> log = new ArrayList<>();
        for (int seq = 0; seq < 40; seq++) {
            log.add(Logs.entry(seq, Kind.FACT, ("fact " + seq + " ").repeat(200)));
        }
        // when
        new ModelReflector(chat, TOKENS, counts, 12_000, new BilledTokens(counts)).answer(
                Logs.request(log, Optional.empty(), 3_000),
                Turns.inTime());
        // then
        ChatPrompt prompt = chat.prompts().getFirst();
        assertThat(TOKENS.count(prompt.system()) + TOKENS.count(prompt.messages().getFirst().text())
                + prompt.maxOutputTokens()).isLessThan(12_000);
        assertThatThrownBy(() -> new ModelReflector(chat, TOKENS, counts, 3_000, new BilledTokens(counts))
                .answer(Logs.request(log, Optional.empty(), 3_000), Turns.inTime()))
                .hasMessageContaining("the log of turns 0-39 does not fit test:scripted");
    }

    private Reflected reflect(ReflectionRequest request) throws Exception {
        return (Reflected) new ModelReflector(chat, TOKENS, counts, 128_000, new BilledTokens(counts)).answer(request,
                Turns.inTime());
    }
}
