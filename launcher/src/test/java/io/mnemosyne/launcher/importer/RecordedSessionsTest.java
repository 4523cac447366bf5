package io.mnemosyne.launcher.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ingest.TurnValidator;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.core.transcript.TurnJsonReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Every recorded session there is must go in whole. */
class RecordedSessionsTest {

    @Test
    void shouldImportEveryRecordedSessionWithoutRejectingATurn() throws IOException, InvalidTurnException {
        // given
        List<Path> files = sessions();
        int turns = 0;

        for (Path file : files) {
            // when
            List<String> malformed = new ArrayList<>();
            List<RawTurn> session = SessionFile.open(file, SessionFile.AUTO).readAll(malformed::add);

            // then
            assertThat(malformed).as("malformed lines of %s", file).isEmpty();
            assertThat(session).as("turns of %s", file).isNotEmpty();
            Set<String> ids = new HashSet<>();
            for (RawTurn turn : session) {
                assertThat(TurnValidator.problems(turn)).as("%s of %s", turn.eventId(), file).isEmpty();
                assertThat(ids.add(turn.eventId())).as("%s of %s is new", turn.eventId(), file).isTrue();
                assertReadsBack(turn);
            }
            turns += session.size();
        }
        System.out.printf("import: %,d turns of %d recorded sessions, none rejected%n", turns, files.size());
    }

    private static void assertReadsBack(RawTurn turn) throws InvalidTurnException {
        String json = TurnJson.write(turn);
        RawTurn read = TurnJsonReader.read(json, "no id");
        assertThat(read).isEqualTo(turn);
        assertThat(TurnJson.write(read)).isEqualTo(json);
    }

    /** All normalized sessions, and the original ones of the formats that can be imported. */
    private static List<Path> sessions() throws IOException {
        Optional<Path> data = Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(Path::of);
        assumeThat(data).as("MNEMOSYNE_DATA names no folder with recorded sessions").isPresent();
        Path sessions = data.orElseThrow().resolve("sessions");
        try (Stream<Path> files = Files.walk(sessions)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> file.startsWith(sessions.resolve("normalized"))
                            || file.startsWith(sessions.resolve("original/claude_code"))
                            || file.startsWith(sessions.resolve("original/pi_coding_agent"))
                            || file.toString().endsWith(".normalized.jsonl"))
                    .sorted().toList();
        }
    }
}
