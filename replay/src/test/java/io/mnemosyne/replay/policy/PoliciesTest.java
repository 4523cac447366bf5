package io.mnemosyne.replay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.providers.offline.OfflineReflector;
import io.mnemosyne.inference.providers.offline.OfflineSummarizer;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.log.SessionLog;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PoliciesTest {
    private static final String LONG = "x".repeat(600);

    @Test
    void shouldSendEverythingWithoutAPolicy() {
        assertThat(last("none", Map.of(), session(LONG, LONG, LONG))).extracting(PromptBlock::events)
                .containsExactly(seqs(0), seqs(1), seqs(2), seqs(3), seqs(4), seqs(5), seqs(6));
    }

    @Test
    void shouldTruncateAllButTheFirstRequestAndTheNewestEvents() {
        assertThat(last("truncate", Map.of("keep", "2"), session(LONG, LONG, LONG))).extracting(PromptBlock::events)
                .containsExactly(seqs(0), seqs(5), seqs(6));
    }

    @Test
    void shouldMaskAllButTheNewestResults() {
        assertThat(last("mask", Map.of("keep", "1"), session("one", "two", "three"))).extracting(PromptBlock::text)
                .containsSubsequence("Fix it.", "[output omitted]", "[output omitted]", "three");
    }

    @Test
    void shouldPageOutLongResultsThatAreOldEnough() {
        // when
        List<PromptBlock> prompt = last("fifo", Map.of("age", "2"), session(LONG, "short", LONG, LONG));
        // then
        assertThat(prompt).extracting(PromptBlock::text).containsOnlyOnce("[paged out: read a.py (600 bytes)]")
                .contains("short");
        assertThat(prompt.get(2)).satisfies(stub -> {
            assertThat(stub.kind()).isEqualTo(PromptBlock.Kind.STUB);
            assertThat(stub.events()).isEqualTo(seqs(2));
        });
    }

    @Test
    void shouldPinAPagedOutResultThatIsReadAgainUnchanged() {
        // given a file that is read, paged out, and read again
        Recording recording = session(LONG, "short", "short", LONG, "short", "short", "short");
        // when
        List<PromptBlock> prompt = last("fifo", Map.of("age", "2"), recording);
        // then
        assertThat(prompt.get(2).text()).startsWith("[paged out");
        assertThat(prompt.get(8).text()).isEqualTo(LONG);
    }

    @Test
    void shouldKeepAPromptWithinTheRoomThatAnotherRunHad() {
        // given room for the first request, the newest result and half of the one before
        Recording recording = session("a".repeat(600), "b".repeat(600), "c".repeat(600));
        ReplayPolicy matched = new Matched(policy("none", Map.of()),
                _ -> recording.steps().stream().map(_ -> 950L).toList());
        // when
        List<PromptBlock> prompt = SessionLog.of(recording, matched).steps().getLast().blocks();
        // then
        assertThat(prompt.stream().mapToInt(block -> block.text().length()).sum()).isEqualTo(950);
        assertThat(prompt.getFirst().text()).isEqualTo("Fix it.");
        assertThat(prompt.getLast().text()).isEqualTo("c".repeat(600));
        assertThat(prompt.get(1).text()).startsWith("b").doesNotContain("a");
        assertThat(prompt.get(1).kind()).isEqualTo(PromptBlock.Kind.STUB);
    }

    @Test
    void shouldNotBeAbleToLookAhead() {
        // given
        Recording recording = session(LONG, LONG, "the future");
        for (String name : Policies.NAMES) {
            // when
            SessionLog log = SessionLog.of(recording, policy(name, Map.of()));
            // then
            assertThat(log.steps()).hasSize(recording.steps().size());
            for (SessionLog.Step step : log.steps()) {
                assertThat(step.blocks()).as(name).allSatisfy(block -> assertThat(block.events().map(SeqRange::to)
                        .orElse(0L)).isLessThanOrEqualTo(step.upto()));
            }
        }
    }

    @Test
    void shouldStayUnderTheBudgetAndCoverEveryEventWhenItObserves() {
        // given a session of several times the budget
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            results.add(("def function_" + i + "(): return " + i + "\n").repeat(40));
        }
        Recording recording = session(results.toArray(String[]::new));
        // when
        SessionLog log = SessionLog.of(recording, policy("observational", Map.of()));
        // then
        SessionLog.Step last = log.steps().getLast();
        assertThat(last.blocks().stream().mapToInt(block -> block.text().length()).sum()).isLessThan(4 * 8_000);
        assertThat(last.blocks()).extracting(PromptBlock::kind).contains(PromptBlock.Kind.OBSERVATION);
        long next = 0;
        for (PromptBlock block : last.blocks()) {
            if (block.kind() != PromptBlock.Kind.USER && block.events().isPresent()) {
                assertThat(block.events().get().from()).isEqualTo(next);
                next = block.events().get().to() + 1;
            }
        }
        assertThat(next).isEqualTo(last.upto() + 1L);
        assertThat(log.helperCalls()).isNotEmpty().allSatisfy(call -> {
            assertThat(call.inputTokens()).isPositive();
            assertThat(call.model()).startsWith("offline/");
        });
    }

    @Test
    void shouldAnswerFromRecordedCallsWhatWasAnsweredBefore() {
        // given
        Recording recording = session(LONG.repeat(20), LONG.repeat(20), LONG.repeat(20), "end");
        SessionLog first = SessionLog.of(recording, policy("observational", Map.of()));
        List<String> asked = new ArrayList<>();
        // when
        SessionLog again = SessionLog.of(recording,
                Policies.named("observational", Parameters.NONE, 8_000, (session, hash) -> {
                    asked.add(hash);
                    return first.helperCalls().stream().filter(call -> call.requestHash().equals(hash)).findFirst()
                            .map(call -> call.response());
                }));
        // then
        assertThat(asked).isNotEmpty();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void shouldNoteWhoAnsweredAndWhatWasBilled() {
        // given a model that answers in the place of another
        Provenance billed = new Provenance("other", "model", "1", 700, 30, 1_234, Optional.of("the first was busy"));
        // when
        SessionLog log = asking((_, _) -> new ObservationResult.Nothing(billed));
        // then
        assertThat(log.helperCalls()).isNotEmpty().allSatisfy(call -> {
            assertThat(call.model()).isEqualTo("other/model");
            assertThat(List.of(call.inputTokens(), call.outputTokens(), call.micros())).containsExactly(700L, 30L,
                    1_234L);
        });
    }

    @Test
    void shouldNotAskAgainWhereThatMakesNoSense() {
        // given two models that never answer
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger busy = new AtomicInteger();
        // when
        asking((_, _) -> {
            refused.incrementAndGet();
            throw new ModelException("the key is wrong", false);
        });
        asking((_, _) -> {
            busy.incrementAndGet();
            throw new ModelException("too much to do", true);
        });
        // then
        assertThat(refused.get()).isPositive().isLessThan(busy.get());
    }

    @Test
    void shouldUseAPolicyOfOnesOwn() {
        assertThat(last(Newest.class.getName(), Map.of(), session("one", "two"))).extracting(PromptBlock::text)
                .containsExactly("two");
    }

    @Test
    void shouldSayWhatIsWrongWithAPolicy() {
        assertThatThrownBy(() -> policy("fiffo", Map.of())).hasMessageContaining("no policy 'fiffo'")
                .hasMessageContaining("observational");
        assertThatThrownBy(() -> policy("mask", Map.of("age", "4")))
                .hasMessageContaining("no parameter age; it has keep");
        assertThatThrownBy(() -> policy("mask", Map.of("keep", "few"))).hasMessageContaining("was 'few'");
        assertThatThrownBy(() -> policy("java.lang.String", Map.of())).hasMessageContaining("does not implement");
    }

    /** Sends the newest event and nothing else. */
    public static final class Newest implements ReplayPolicy {
        @Override
        public Prompter begin(String session) {
            return new Prompter() {
                private List<PromptBlock> newest = List.of();

                @Override
                public void append(Event event) {
                    newest = List.of(PromptBlock.of(PromptBlock.Kind.TURN,
                            Optional.of(SeqRange.of(event.index())), event.text()));
                }

                @Override
                public List<PromptBlock> prompt() {
                    return newest;
                }
            };
        }
    }

    private static List<PromptBlock> last(String name, Map<String, String> parameters, Recording recording) {
        return SessionLog.of(recording, policy(name, parameters)).steps().getLast().blocks();
    }

    /** A session whose observer answers like this. */
    private static SessionLog asking(Answer answer) {
        Model<ObservationRequest, ObservationResult.Outcome> observer = new Model<>() {
            @Override
            public ModelName nameFor(ObservationRequest request) {
                return new ModelName("first", "model", "1");
            }

            @Override
            public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
                    throws ModelException {
                return answer.to(request, context);
            }
        };
        return SessionLog.of(session(LONG.repeat(20), LONG.repeat(20), LONG.repeat(20), "end"),
                Policies.named("observational", Parameters.NONE, 8_000,
                        new Models(observer, new OfflineReflector(O200kTokenCounter.shared()),
                                new OfflineSummarizer(O200kTokenCounter.shared())),
                        RecordedCalls.NONE));
    }

    private interface Answer {
        ObservationResult.Outcome to(ObservationRequest request, CallContext context) throws ModelException;
    }

    private static ReplayPolicy policy(String name, Map<String, String> parameters) {
        return Policies.named(name, new Parameters(parameters), 8_000, RecordedCalls.NONE);
    }

    /** A request, then one read of the same file for each result, and an answer. */
    private static Recording session(String... results) {
        List<String> lines = new ArrayList<>(List.of("{\"role\": \"user\", \"content\": \"Fix it.\"}"));
        for (int i = 0; i < results.length; i++) {
            lines.add(
                    ("{\"role\": \"assistant\", \"content\": \"\", \"tool_calls\": [{\"id\": \"c%d\", \"name\": \"read\","
                            + " \"arguments\": {\"path\": \"a.py\"}}]}").formatted(i));
            lines.add("{\"role\": \"tool\", \"tool_call_id\": \"c%d\", \"tool_name\": \"read\", \"content\": \"%s\"}"
                    .formatted(i, results[i].replace("\n", "\\n")));
        }
        lines.add("{\"role\": \"assistant\", \"content\": \"Done.\"}");
        return Sessions.of("made/up", lines.toArray(String[]::new));
    }

    private static Optional<SeqRange> seqs(long event) {
        return Optional.of(SeqRange.of(event));
    }
}
