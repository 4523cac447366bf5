package io.mnemosyne.index.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.recall.Recollection.Source;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackRecallTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "t");
    private static final Recall STORE = (_, _, _) -> nothing(Source.STORE);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void shouldAnswerOutOfTheIndex() {
        assertThat(source((_, _, _) -> nothing(Source.INDEX), Duration.ofMinutes(1), 1)).isEqualTo(Source.INDEX);
    }

    @Test
    void shouldAnswerOutOfTheStoreWhenTheIndexFailsAndNotAskItAgainAtOnce() {
        // given
        Recall broken = (_, _, _) -> {
            asked.incrementAndGet();
            throw new UncheckedIOException(new IOException("connection refused"));
        };
        // when
        Source source = source(broken, Duration.ofMinutes(1), 3);
        // then
        assertThat(source).isEqualTo(Source.STORE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldAnswerOutOfTheStoreWhenTheIndexTakesTooLong() {
        // given
        CountDownLatch never = new CountDownLatch(1);
        Recall hung = (_, _, _) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                asked.incrementAndGet();
            }
            return nothing(Source.INDEX);
        };
        // then
        assertThat(source(hung, Duration.ofMillis(10), 1)).isEqualTo(Source.STORE);
    }

    /** Where the last of several questions is answered. */
    private static Source source(Recall index, Duration patience, int questions) {
        try (FallbackRecall recall = new FallbackRecall(index, STORE, patience)) {
            for (int i = 1; i < questions; i++) {
                recall.find(THREAD, 0, MemoryQuery.of("port"));
            }
            return recall.find(THREAD, 0, MemoryQuery.of("port")).source();
        }
    }

    private static Recollection nothing(Source source) {
        return new Recollection(List.of(), source, Optional.empty());
    }
}
