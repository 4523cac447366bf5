package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.prompts.ModelObserver;
import io.mnemosyne.inference.prompts.ModelReflector;
import io.mnemosyne.inference.prompts.ModelSummarizer;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.policy.RecordedCalls;
import io.mnemosyne.replay.policy.Remembering;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.scripted.ScriptedBrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A replay shows what the topologies would have shown: it writes the same journals. */
class ReplayedJournalsTest {
    /** So small that everything happens in sessions of ordinary length. */
    private static final long SMALL = 16_000;
    private static final long SMALLER = 8_000;

    private static final TokenCounter COUNTER = O200kTokenCounter.shared();

    @TempDir
    Path scratch;

    @Test
    void shouldWriteTheJournalsOfTheTopologiesWhenTheSampleIsReplayed() throws Exception {
        // given
        Recording sample = read(Path.of("../samples/mnemosyne-session.jsonl"));
        Comparison comparison = new Comparison(scratch, Comparison.EXTRACTOR);
        // when
        comparison.compare(sample, SMALL);
        comparison.compare(sample, SMALLER);
        // then
        comparison.assertThatEverythingHappened();
    }

    @Test
    void shouldWriteTheJournalsOfTheTopologiesWhenASessionHasWhatRecordingsLack() throws Exception {
        // given
        Instant begin = Instant.parse("2026-11-20T09:00:00Z");
        Instant quiet = begin.plusSeconds(360);
        List<RawTurn> turns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            turns.add(said("e" + i, begin.plusSeconds(i), "Read file %d and write down. ".formatted(i).repeat(5)));
        }
        turns.add(said("not later, for a record's time is in milliseconds", quiet.plusNanos(400_000), "Go on."));
        turns.add(said("e0", quiet.plusSeconds(1), "Sent twice."));
        turns.add(said("", quiet.plusSeconds(2), "Has no id."));
        turns.add(said("credential", quiet.plusSeconds(3), "Use password=q1w2e3r4t5 there."));
        turns.add(said("large", quiet.plusSeconds(4_000), "=".repeat(70_000)));
        turns.add(said("full", quiet.plusSeconds(4_001), "Say why. ".repeat((int) SMALLER * 31 / 100)));
        Comparison comparison = new Comparison(scratch, Comparison.EXTRACTOR);
        // when
        KeptJournals written = comparison.compare(Recording.of("made/odd", turns), SMALLER);
        // then
        assertThat(written.turns().toString()).contains("[REDACTED:password:", "DUPLICATE", "REJECTED", "Reference[",
                "kind=COMPACT");
    }

    @Test
    void shouldWriteTheJournalsOfTheTopologiesWhenRecordedSessionsAreReplayed() throws Exception {
        // given
        List<Path> files = largestOfEachSource();
        Comparison comparison = new Comparison(scratch, Comparison.EXTRACTOR);
        // when
        for (Path file : files) {
            comparison.compare(read(file), SMALLER);
        }
        // then
        comparison.assertThatEverythingHappened();
        System.out.printf("replayed as the topologies would: %s%n", comparison);
    }

    @Test
    void shouldWriteTheSameBytesAsTheTopologiesWhenChatModelsAnsweredEarlier() throws Exception {
        // given a session that chat models were asked for
        Recording sample = read(Path.of("../samples/mnemosyne-session.jsonl"));
        RecordedAnswers recorded = new RecordedAnswers();
        Models asked = chatModels();
        KeptJournals live = replayed(sample, asked, recorded);
        // when their answers are all that there is
        Models answers = recorded.inPlaceOf(asked);
        KeptJournals again = replayed(sample, answers, RecordedCalls.NONE);
        Comparison comparison = new Comparison(scratch, answers);
        KeptJournals written = comparison.compare(sample, SMALL);
        // then
        assertThat(recorded.all().values()).hasSizeGreaterThan(20)
                .allSatisfy(answer -> assertThat(answer).contains("\"provider\":\"scripted\""));
        assertThat(again.bytes()).isEqualTo(live.bytes());
        assertThat(written.bytes()).isEqualTo(live.bytes());
        comparison.assertThatEverythingHappened();
    }

    private static KeptJournals replayed(Recording session, Models models, RecordedCalls recorded) {
        KeptJournals journals = new KeptJournals();
        ReplayPolicy.Prompter replay = new Remembering(Policy.standard().scaledTo(SMALL), models, COUNTER, recorded)
                .begin(Comparison.THREAD.toString(), journals);
        session.events().forEach(replay::append);
        return journals;
    }

    private static Models chatModels() {
        Counts counts = new Counts();
        BilledTokens billed = new BilledTokens(counts);
        long window = Policy.standard().utilityWindow();
        return new Models(new ModelObserver(new Brain(), COUNTER, counts, window, billed),
                new ModelReflector(new Brain(), COUNTER, counts, window, billed),
                new ModelSummarizer(new Brain(), COUNTER, counts, window, billed));
    }

    /** A chat model that nobody has to connect to. */
    private record Brain() implements ChatModel {
        @Override
        public ModelId id() {
            return new ModelId("scripted", "brain");
        }

        @Override
        public ChatAnswer answer(ChatRequest request) {
            ChatPrompt prompt = request.prompt();
            return new ChatAnswer(ScriptedBrain.answer(prompt.system(), prompt.messages().getFirst().text()),
                    new TokenUsage(1_000, 0, 0, 100), 0);
        }
    }

    private static RawTurn said(String eventId, Instant at, String text) {
        return new RawTurn(eventId, Role.USER, List.of(new Part.Text(Content.of(text))), Origin.at(at));
    }

    /** All would take minutes: a driver needs longer to open than a session to pass. */
    private static List<Path> largestOfEachSource() {
        Optional<Path> data = Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(Path::of);
        assumeThat(data).as("MNEMOSYNE_DATA names no folder with recorded sessions").isPresent();
        Path sessions = data.orElseThrow().resolve("sessions");
        return SessionFiles.find(List.of(sessions.resolve("normalized"), sessions.resolve("original/claude_code")))
                .stream()
                .collect(Collectors.toMap(Path::getParent, file -> file,
                        BinaryOperator.maxBy(Comparator.comparing((Path file) -> file.toFile().length()))))
                .values().stream().sorted().toList();
    }

    private static Recording read(Path file) throws IOException {
        return new RecordingFile(file, SessionFile.AUTO, false, 0, Optional.empty(),
                problem -> assertThat(problem).isNull()).call().orElseThrow();
    }
}
