package io.mnemosyne.index;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IndexedWaitTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FakeOpenSearch server = new FakeOpenSearch();
    private final IndexSettings settings = IndexSettings.at(server.url()).withPrefix("notes");
    private final Connection connection = Connection.open(settings);
    private final IndexedWait wait = new IndexedWait(connection, settings);

    @AfterEach
    void stop() {
        connection.close();
        server.close();
        assertThat(server.complaints).isEmpty();
    }

    @Test
    void shouldWaitForEveryDocumentAndItsTextAndMakeThemSearchable() throws Exception {
        // given one that is there, one of which only the vector is, and one that is not
        server.have("notes-v2", "notes");
        server.documents.put("a", JSON.createObjectNode().put(Field.TENANT, "acme"));
        server.documents.put("b", JSON.createObjectNode().put(Field.OWNER, "acme/session-1"));
        var ids = List.of("a", "b", "c");
        CompletableFuture<Boolean> waited = CompletableFuture.supplyAsync(() -> await(ids));
        // when
        server.documents.put("c", JSON.createObjectNode().put(Field.TENANT, "acme"));
        assertThat(wait.await(List.of("a", "c"), LONG)).isTrue();
        assertThat(waited).isNotDone();
        server.documents.put("b", JSON.createObjectNode().put(Field.TENANT, "acme"));
        // then
        assertThat(waited.get()).isTrue();
        assertThat(server.refreshed).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void shouldGiveUpInTimeAlsoWhenThereIsNoIndexYet() throws Exception {
        assertThat(wait.await(List.of("a"), Duration.ofMillis(50))).isFalse();
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    void shouldNameADocumentAsItsRecordDoes() {
        assertThat(IndexedWait.id(Samples.THREAD, 3, "a")).isEqualTo("acme/session-1#3.a");
    }

    private boolean await(List<String> ids) {
        try {
            return wait.await(ids, LONG);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
