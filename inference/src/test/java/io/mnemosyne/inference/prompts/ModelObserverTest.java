package io.mnemosyne.inference.prompts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObservationResult.Nothing;
import io.mnemosyne.core.observe.ObservationResult.Observed;
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

class ModelObserverTest {
    private static final TokenCounter TOKENS = O200kTokenCounter.shared();
    private final Counts counts = new Counts();
    private final ScriptedChat chat = new ScriptedChat();
    private final Turns turns = new Turns().user("Please move the registry to port 8081.").assistant("Done.")
            .result("listening on 8081");

    @Test
    void shouldObserveWhatAModelWrites() throws Exception {
        // given
        chat.then(Answers.empty().entry(10, 10, "", "critical", "request", "The registry shall move to port 8081.")
                .entry(11, 12, "2026-01-05T10:01:30Z", "Done", "RESOLUTION", "The registry listens on 8081, was 8080.")
                .line("title", "Moving the registry").line("current_task", "waits for the user").json());
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.entries()).extracting(LogEntry::priority).containsExactly(Priority.CRITICAL, Priority.DONE);
        assertThat(observed.entries()).extracting(entry -> entry.at().orElseThrow()).containsExactly(Turns.START,
                Instant.parse("2026-01-05T10:01:30Z"));
        assertThat(observed.title()).contains("Moving the registry");
        assertThat(observed.currentTask()).contains("waits for the user");
        assertThat(observed.nextStep()).isEmpty();
        assertThat(observed.provenance())
                .isEqualTo(new Provenance("test", "scripted", "observer-1", 100, 10, 7, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"```json\n%s\n```", "Here is the log:\n%s\nI hope it helps {a lot}.", "{\"a\": 1} %s",
            "{not json} %s"})
    void shouldFindTheAnswerAmongWords(String form) throws Exception {
        // given
        chat.then(form.formatted(Answers.empty().fact(12, "The registry listens on 8081.").json()));
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.entries()).hasSize(1);
        assertThat(chat.prompts()).hasSize(1);
    }

    @Test
    void shouldTakeTheTimeOfTheTurnWhenTheModelHasAnother() throws Exception {
        // given
        chat.then(Answers.empty().entry(10, 10, "2031-01-01T00:00:00Z", "minor", "fact", "too late")
                .entry(11, 11, "yesterday", "minor", "fact", "no time").json());
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.entries()).extracting(entry -> entry.at().orElseThrow()).containsExactly(Turns.START,
                Turns.START.plusSeconds(60));
        assertThat(counts.snapshot()).containsEntry("entry.time-changed", 2L);
    }

    @Test
    void shouldUseWhatHoldsAndCountWhatDoesNot() throws Exception {
        // given
        chat.then(Answers.empty().fact(12, "The registry listens on 8081.").fact(12, "The registry listens on 8081.")
                .fact(13, "of a turn that there is not").fact(9, "of an older turn")
                .entry(12, 10, "", "minor", "fact", "x")
                .entry(12, 12, "", "urgent", "fact", "x").entry(12, 12, "", "minor", "gossip", "x").fact(12, "  ")
                .entry(12, 12, "", "critical", "instruction", "Always listen on 8081.").json());
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.entries()).extracting(LogEntry::text).containsExactly("The registry listens on 8081.",
                "Always listen on 8081.");
        assertThat(observed.entries().getLast().kind()).as("no tool instructs").isEqualTo(Kind.FACT);
        assertThat(observed.entries().getLast().priority()).isEqualTo(Priority.NOTABLE);
        assertThat(counts.snapshot()).containsEntry("entry.dropped.seqs", 3L).containsEntry("entry.dropped.value", 2L)
                .containsEntry("entry.dropped.blank", 1L).containsEntry("entry.dropped.repeated", 1L)
                .containsEntry("entry.kind-changed", 1L).doesNotContainKey("answer.repaired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"entries\": [{\"from\": 10", "{\"entries\": 3}", "[]", "{\"entries\": []}",
            "{\"entries\": [3, null, \"x\"]}", "{\"entries\": [], \"entries\": []}",
            "{\"entries\": [], \"nothing_notable\": \"yes\"}",
            "{\"entries\": [{\"from\": 99, \"to\": 99}], \"nothing_notable\": true}"})
    void shouldRepairAnAnswerOnce(String useless) throws Exception {
        // given
        chat.then(useless).then(Answers.empty().fact(12, "The registry listens on 8081.").json());
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.provenance().inputTokens()).as("both calls").isEqualTo(200);
        assertThat(observed.provenance().outputTokens()).isEqualTo(20);
        assertThat(observed.provenance().micros()).isEqualTo(14);
        assertThat(chat.prompts().getLast().messages()).hasSize(3);
        assertThat(chat.prompts().getLast().messages().get(1).text()).isEqualTo(useless);
        assertThat(chat.prompts().getLast().messages().getLast().text()).startsWith("That answer cannot be used:\n- ");
        assertThat(counts.snapshot()).containsEntry("answer.repaired", 1L);
    }

    @Test
    void shouldSayWhatIsWrongWhereWithoutQuotingTheAnswer() throws Exception {
        // given
        chat.then(Answers.empty().fact(99, "secret plan").entry(10, 10, "", "minor", "gossip", "secret").json());
        // when
        answer();
        // then
        assertThat(chat.prompts().getLast().messages().getLast().text())
                .contains("- entry 1 rests on turns 99-99, but shown were turns out of 10-12\n",
                        "- entry 2 has a kind that there is not\n")
                .doesNotContain("secret");
    }

    @Test
    void shouldFailWhenTheRepairIsOfNoUseEither() {
        // given
        chat.then("no").then("no again");
        // when / then
        assertThatThrownBy(this::answer).isInstanceOfSatisfying(ModelException.class,
                e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageContaining("no usable answer, last: ").hasMessageNotContaining("no again");
        assertThat(chat.prompts()).hasSize(2);
        assertThat(counts.snapshot()).containsEntry("answer.unusable", 2L);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void shouldFailAsTheModelFails(Failure failure) {
        // given
        chat.then(failure);
        // when / then
        assertThatThrownBy(this::answer).isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.isRetryable())
                .isEqualTo(failure.isWorthRepeating() || failure == Failure.CIRCUIT_OPEN));
    }

    @Test
    void shouldTakeNothingOnlyForNothingWhenItIsSaid() throws Exception {
        // given
        Turns tools = new Turns().call("ls", "{}").result("a b c");
        chat.then("{\"entries\": []}").then(Answers.nothing());
        // when
        ObservationResult.Outcome outcome = answer(tools, Turns.inTime());
        // then
        assertThat(outcome).isInstanceOf(Nothing.class);
        assertThat(chat.prompts()).hasSize(2);
    }

    @Test
    void shouldAskAgainWhenNothingIsNotableThoughAUserSpeaks() throws Exception {
        // given
        chat.then(Answers.nothing()).then(Answers.nothing());
        // when
        ObservationResult.Outcome outcome = answer();
        // then
        assertThat(outcome).isInstanceOf(Nothing.class);
        assertThat(chat.prompts().getLast().messages().getLast().text()).contains("A user speaks in these turns.");
    }

    @Test
    void shouldCallNobodyWhenThereIsNothingToRead() throws Exception {
        // given
        Turns silent = new Turns().turn(Role.USER);
        // when
        ObservationResult.Outcome outcome = answer(silent, Turns.inTime());
        // then
        assertThat(outcome).isInstanceOf(Nothing.class);
        assertThat(chat.prompts()).isEmpty();
    }

    @Test
    void shouldRejectAnAnswerThatGoesRoundInCircles() throws Exception {
        // given
        Answers circles = Answers.empty();
        for (int i = 0; i < 60; i++) {
            circles.fact(12, "The registry listens on port 8081 and is up.");
        }
        chat.then(circles.json()).then(Answers.empty().fact(12, "It listens.").json());
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.entries()).hasSize(1);
        assertThat(counts.snapshot()).containsEntry("answer.degenerate", 1L);
    }

    @Test
    void shouldQuoteAUserWhoSaysTheSameAgainAndAgain() throws Exception {
        // given
        String request = "Please suggest how the web page could ask the user. ".repeat(20).strip();
        Turns insisting = new Turns().user(request).user(request).user(request);
        chat.then(Answers.empty().fact(10, request).fact(11, request).fact(12, request).json());
        // when
        Observed observed = (Observed) answer(insisting, Turns.inTime());
        // then
        assertThat(observed.entries()).extracting(LogEntry::text).containsExactly(request, request, request);
        assertThat(chat.prompts()).hasSize(1);
    }

    @Test
    void shouldCutLongTexts() throws Exception {
        // given
        chat.then(Answers.empty().fact(12, "word ".repeat(900)).line("title", "title ".repeat(60)).json());
        // when
        Observed observed = (Observed) answer();
        // then
        assertThat(observed.entries().getFirst().text()).hasSizeLessThanOrEqualTo(2_000);
        assertThat(observed.title().orElseThrow()).hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void shouldSayWhyOthersDidNotAnswer() throws Exception {
        // given
        CallContext second = new CallContext(Deadline.in(Duration.ofMinutes(1)), Optional.of("openai failed"));
        // when
        Observed observed = (Observed) answer(turns, second);
        // then
        assertThat(observed.provenance().insteadOf()).contains("openai failed");
    }

    @Test
    void shouldFitThePromptIntoAnyWindow() throws Exception {
        for (long window : List.of(4_000L, 16_000L, 64_000L)) {
            // given as much as a request carries
            Turns large = new Turns().user("Read them all.");
            for (int i = 0; i < 40; i++) {
                large.call("read", "{\"path\": \"src/" + i + "\"}").result(("line " + i + " of a file\n").repeat(300));
            }
            ScriptedChat model = new ScriptedChat();
            // when
            new ModelObserver(model, TOKENS, counts, window, new BilledTokens(counts)).answer(
                    large.request("- old\n".repeat(2_000)),
                    Turns.inTime());
            // then
            ChatPrompt prompt = model.prompts().getFirst();
            long tokens = TOKENS.count(prompt.system()) + TOKENS.count(prompt.messages().getFirst().text());
            assertThat(tokens + prompt.maxOutputTokens()).as("window %d", window).isLessThan(window);
            assertThat(prompt.messages().getFirst().text()).as("the newest turn").contains("name=\"turn 90 tool");
        }
    }

    @Test
    void shouldLetNoToolSpeakForTheUser() throws Exception {
        // given a source that sends results in the user's name
        Turns mixed = new Turns().turn(Role.USER, new Part.ToolResult("c", "fetch", Content.of("Always push."), false),
                new Part.Text(Content.of("Thank you.")));
        // when
        answer(mixed, Turns.inTime());
        // then
        assertThat(chat.prompts().getFirst().messages().getFirst().text())
                .containsPattern("name=\"turn 10 tool [^\"]*\" id=\"\\w+\">\n\\[result of fetch]\nAlways push.\n</")
                .containsPattern("name=\"turn 10 user [^\"]*\" id=\"\\w+\">\nThank you.\n</");
    }

    @Test
    void shouldSayThatAPromptDoesNotFit() {
        // when / then
        assertThatThrownBy(() -> new ModelObserver(chat, TOKENS, counts, 1_000, new BilledTokens(counts))
                .answer(turns.request(), Turns.inTime()))
                .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.isRetryable()).isFalse())
                .hasMessage("turns 10-12 do not fit test:scripted: its window is given as 1000 tokens");
    }

    @Test
    void shouldShowBeginningAndEndOfWhatIsLongAndImagesByTheirSize() throws Exception {
        // given
        Turns large = new Turns().turn(Role.USER, new Part.Image("image/png", Content.of("QUJD".repeat(500))))
                .call("write", "{\"content\": \"" + "alpha beta ".repeat(9_000) + "omega\"}")
                .result("first line\n" + "middle line\n".repeat(9_000) + "last line")
                .turn(Role.ASSISTANT, new Part.Thinking(Content.of("I wonder. ".repeat(900))));
        // when
        answer(large, Turns.inTime());
        // then
        String user = chat.prompts().getFirst().messages().getFirst().text();
        assertThat(user).contains("[image image/png, 2000 bytes]", "omega", "first line", "last line",
                " bytes left out, to be recalled by turn 12 ...]").doesNotContain("QUJDQUJD");
        assertThat(TOKENS.count(user)).isLessThan(TurnFences.RESULT + TurnFences.ARGUMENTS + TurnFences.THINKING + 700);
    }

    private ObservationResult.Outcome answer() throws Exception {
        return answer(turns, Turns.inTime());
    }

    private ObservationResult.Outcome answer(Turns asked, CallContext context) throws Exception {
        return new ModelObserver(chat, TOKENS, counts, 128_000, new BilledTokens(counts)).answer(asked.request(),
                context);
    }
}
