package io.mnemosyne.inference.embeddings;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddingCacheTest {
    private final List<String> computed = new ArrayList<>();
    private final EmbeddingCache cache = new EmbeddingCache(2);

    @Test
    void shouldComputeOnceWhatIsAskedTwice() {
        ask("a", "a");
        assertThat(computed).containsExactly("a");
    }

    @Test
    void shouldForgetWhatWasUsedLongestAgo() {
        // given two entries of which "a" was used last
        ask("a", "b", "a");
        // when a third one comes
        ask("c", "a", "b");
        // then only "b" had to go
        assertThat(computed).containsExactly("a", "b", "c", "b");
    }

    private void ask(String... hashes) {
        for (String hash : hashes) {
            cache.get(hash, () -> {
                computed.add(hash);
                return Embedding.normalized(new float[]{1});
            });
        }
    }
}
