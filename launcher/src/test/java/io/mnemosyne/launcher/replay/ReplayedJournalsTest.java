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
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.replay.recording.Recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A replay shows what the topologies would have shown: it writes the same journals. */
class ReplayedJournalsTest {
    /** So small that everything happens in sessions of ordinary length. */
    private static final long SMALL = 16_000;
    private static final long SMALLER = 8_000;

    @TempDir
    Path scratch;

    @Test
    void shouldWriteTheJournalsOfTheTopologiesWhenTheSampleIsReplayed() throws Exception {
        // given
        Recording sample = read(Path.of("../samples/mnemosyne-session.jsonl"));
        Comparison comparison = new Comparison(scratch);
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
        Comparison comparison = new Comparison(scratch);
        // when
        KeptJournals written = comparison.compare(Recording.of("made/odd", turns), SMALLER);
        // then
        assertThat(written.turns().toString()).contains("[REDACTED:password:", "DUPLICATE", "REJECTED", "Reference[");
    }

    @Test
    void shouldWriteTheJournalsOfTheTopologiesWhenRecordedSessionsAreReplayed() throws Exception {
        // given
        List<Path> files = largestOfEachSource();
        Comparison comparison = new Comparison(scratch);
        // when
        for (Path file : files) {
            comparison.compare(read(file), SMALLER);
        }
        // then
        comparison.assertThatEverythingHappened();
        System.out.printf("replayed as the topologies would: %s%n", comparison);
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
