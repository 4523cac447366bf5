package io.mnemosyne.replay.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.replay.policy.RecordedCalls;

import static org.assertj.core.api.Assertions.assertThat;

class KeptAnswersTest {
    private static final RecordedCalls EARLIER = (_, hash) -> Optional.of("earlier " + hash).filter(_ -> hash
            .equals("known"));

    @TempDir
    Path folder;

    @Test
    void shouldFindWhatWasAnsweredBeforeAKillInTheMiddleOfALine() throws IOException {
        // given
        try (KeptAnswers kept = new KeptAnswers(folder, EARLIER)) {
            kept.keep("a/1", "one", "Grüße\nand more");
        }
        Files.writeString(folder.resolve("answers.jsonl"), "{\"session\": \"a/1\", \"reque",
                StandardOpenOption.APPEND);
        try (KeptAnswers kept = new KeptAnswers(folder, EARLIER)) {
            kept.keep("a/1", "two", "second");
        }
        // when
        try (KeptAnswers kept = new KeptAnswers(folder, EARLIER)) {
            // then
            assertThat(kept.find("a/1", "one")).contains("Grüße\nand more");
            assertThat(kept.find("a/1", "two")).contains("second");
            assertThat(kept.find("a/1", "known")).contains("earlier known");
            assertThat(kept.find("b/1", "one")).isEmpty();
            // and nothing stays once the run is complete
            kept.delete();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
