package io.mnemosyne.service;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.ThreadKey;

import static org.assertj.core.api.Assertions.assertThat;

class QueryJournalTest {

    @Test
    void shouldGoOnWhereABrokerDoesNotAnswer() {
        // given
        FakeThreads threads = new FakeThreads();
        threads.failCommands(new CompletableFuture<>());
        QueryJournal journal = new QueryJournal(threads, Clock.systemUTC(), Duration.ofMillis(20));

        // when
        boolean written = journal.note(new ThreadKey("default", "t"), "q-1", "Which port?", List.of(), 12);

        // then
        assertThat(written).isFalse();
        assertThat(threads.commands).hasSize(1);
    }
}
