package io.mnemosyne.core.recall;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class ContradictionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "The registry port is 8081.                   | The registry port is 9090.",
            "The registry port is 8081.                   | The registry port is now 9090.",
            "We deploy on Friday.                         | We deploy on Monday.",
            "The database is Postgres.                    | The database is MySQL.",
            "We use RocksDB for the state store.          | We use Postgres for the state store.",
            "I prefer tabs.                               | Actually I prefer spaces.",
            "The user prefers tabs.                       | The user now prefers spaces.",
            "The tests are flaky.                         | The tests are not flaky.",
            "The build is not reproducible                | The build is reproducible",
            "The timeout is 30s.                          | The timeout was changed to 60s.",
            "The config is in etc/app.toml.               | The config is in conf/app.toml."})
    void shouldPutTheNewerOfTwoStatementsFirstAndNameTheOlder(String older, String newer) {
        // when the older one was found before the newer one
        List<Recalled> found = Contradictions.newerFirst(List.of(message("a", 3, older), message("x", 5, "Hello."),
                message("b", 9, newer)));
        // then
        assertThat(found).extracting(Recalled::id).containsExactly("b", "a", "x");
        assertThat(found.getFirst().supersedes()).containsExactly("a");
        assertThat(found.get(1).supersedes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "The registry port is 8081.                   | The service port is 9090.",
            "We use Kafka.                                | We use Postgres.",
            "The registry is slow.                        | The registry is written in Java.",
            "Is the registry port 8081?                   | The registry port is 9090.",
            "The registry port is 8081.                   | The registry port is 8081!",
            "Step 1 is done.                              | Step 2 is done",
            "File src/a.py is wrong.                      | File src/b.py is wrong.",
            "The registry listens on 8081.                | The registry runs since 2026.",
            "There are 3 tests in a.py.                   | There are 4 tests in b.py."})
    void shouldLeaveStatementsOfDifferentThingsAlone(String older, String newer) {
        assertThat(Contradictions.newerFirst(List.of(message("a", 3, older), message("b", 9, newer))))
                .allSatisfy(one -> assertThat(one.supersedes()).isEmpty()).extracting(Recalled::id)
                .containsExactly("a", "b");
    }

    @Test
    void shouldCompareEntriesOfSegmentsByTheirOwnTurns() {
        // given a reflection of turns 0 to 40, and an observation of turns 41 to 50
        Contradictions.Known reflection = segment("r", MemoryQuery.Kind.REFLECTION, new SeqRange(0, 40),
                "## Reflected turns 0-40\n- !! 10:15 [3] instruction: The port is 8081.\n- ! [7-9] decision: keep it\n");
        Contradictions.Known observation = segment("o", MemoryQuery.Kind.OBSERVATION, new SeqRange(41, 50),
                "## Observed turns 41-50\n- !! [44] fact: The port is 9090.\n- ! [45] command: The port is 7.\n");
        // when
        List<Recalled> found = Contradictions.newerFirst(List.of(reflection, observation));
        // then
        assertThat(found).extracting(Recalled::id).containsExactly("o", "r");
        assertThat(found.getFirst().supersedes()).containsExactly("r");
    }

    @Test
    void shouldPutWhatTookThePlaceOfAnotherBeforeIt() {
        // given a read that made an older one stale, as the index marks it, and one that says so itself
        Contradictions.Known older = new Contradictions.Known(recalled("a", MemoryQuery.Kind.OBJECT,
                SemanticObject.Type.FILE_CONTEXT, SeqRange.of(1), List.of()), "x", List.of("b"));
        Contradictions.Known newer = new Contradictions.Known(recalled("b", MemoryQuery.Kind.OBJECT,
                SemanticObject.Type.FILE_CONTEXT, SeqRange.of(2), List.of("gone")), "y", List.of());
        // when
        List<Recalled> found = Contradictions.newerFirst(List.of(older, newer));
        // then
        assertThat(found).extracting(Recalled::id).containsExactly("b", "a");
        assertThat(found.getFirst().supersedes()).containsExactlyInAnyOrder("gone", "a");
    }

    @Test
    void shouldPutARowOfChangesInOrderNewestFirst() {
        assertThat(
                Contradictions.newerFirst(List.of(message("a", 1, "The port is 1."), message("b", 2, "The port is 2."),
                        message("c", 3, "The port is 3."))))
                .extracting(Recalled::id).containsExactly("c", "b", "a");
    }

    private static Contradictions.Known message(String id, long seq, String text) {
        return new Contradictions.Known(recalled(id, MemoryQuery.Kind.OBJECT,
                SemanticObject.Type.CONVERSATION_PHASE, SeqRange.of(seq), List.of()), text, List.of());
    }

    private static Contradictions.Known segment(String id, MemoryQuery.Kind kind, SeqRange seqs, String text) {
        return new Contradictions.Known(new Recalled(id, kind, Optional.empty(), seqs, Optional.empty(), "", "", 1, 1,
                List.of()), text, List.of());
    }

    private static Recalled recalled(String id, MemoryQuery.Kind kind, SemanticObject.Type type, SeqRange seqs,
            List<String> supersedes) {
        return new Recalled(id, kind, Optional.of(type), seqs, Optional.empty(), "", "", 1, 1, supersedes);
    }
}
