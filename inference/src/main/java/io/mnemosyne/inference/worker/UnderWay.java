package io.mnemosyne.inference.worker;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import io.mnemosyne.core.Completion;
import io.mnemosyne.inference.Counts;

/**
 * Lets calls with the same request hash go one after the other, so that the later one finds what the earlier one paid for.
 * They meet when a retry is read together with the request that it repeats, and when a partition comes back while a call
 * of its former assignment is under way. Thread-safe.
 */
final class UnderWay {
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private final Counts counts;

    UnderWay(Counts counts) {
        this.counts = counts;
    }

    /**
     * Waits until no other call has the key. Whoever gets a turn has to end it.
     *
     * @param key of the row of the call
     */
    Turn begin(String key) throws InterruptedException {
        Optional<Completion> heard = Optional.empty();
        while (true) {
            Turn mine = new Turn(key, heard);
            Turn other = turns.putIfAbsent(key, mine);
            if (other == null) {
                return mine;
            }
            counts.raise("call.awaited");
            heard = other.await();
        }
    }

    /** The right to make a call. Used by one thread. */
    final class Turn implements AutoCloseable {
        private final String key;
        private final Optional<Completion> heard;
        private final CompletableFuture<Optional<Completion>> ended = new CompletableFuture<>();
        private Optional<Completion> answer = Optional.empty();

        private Turn(String key, Optional<Completion> heard) {
            this.key = key;
            this.heard = heard;
        }

        /** What the call before this one came to, if this one had to wait for it. */
        Optional<Completion> heard() {
            return heard;
        }

        /** Tells whoever waits what the call came to. */
        void tell(Completion completion) {
            answer = Optional.of(completion);
        }

        private Optional<Completion> await() throws InterruptedException {
            try {
                return ended.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a turn never ends exceptionally", e);
            }
        }

        @Override
        public void close() {
            turns.remove(key, this);
            ended.complete(answer);
        }
    }
}
