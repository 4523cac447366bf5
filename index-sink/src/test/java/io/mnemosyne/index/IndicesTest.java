package io.mnemosyne.index;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IndicesTest {
    private final FakeOpenSearch server = new FakeOpenSearch();
    private final Connection connection = Connection.open(IndexSettings.at(server.url()));

    @AfterEach
    void stop() {
        connection.close();
        server.close();
        assertThat(server.complaints).isEmpty();
    }

    @Test
    void shouldSearchTheFirstIndexAtOnce() throws IOException {
        indices("lengths", 2).prepare();
        assertThat(server.aliased("notes")).isEqualTo("notes-v2");
        assertThat(server.aliased("notes-v2-write")).isEqualTo("notes-v2");
    }

    @Test
    void shouldNotSearchANewIndexWhileAnOlderOneIsSearched() throws IOException {
        // given
        server.have("notes-v1", "notes");
        // when
        indices("lengths", 2).prepare();
        // then
        assertThat(server.aliased("notes")).isEqualTo("notes-v1");
        assertThat(server.aliased("notes-v2-write")).isEqualTo("notes-v2");
    }

    @Test
    void shouldNotTouchWhatANewerProgramSearches() {
        server.have("notes-v3", "notes");
        assertThatThrownBy(() -> indices("lengths", 2).prepare()).isInstanceOf(IOException.class)
                .hasMessageContaining("notes-v3").hasMessageContaining("newer");
        assertThat(server.indices()).containsExactly("notes-v3");
    }

    @Test
    void shouldSayWhatToDoWhenTheIndexHoldsVectorsOfAnotherModel() throws IOException {
        // given
        indices("lengths", 2).prepare();
        // when, then
        assertThatThrownBy(() -> indices("lengths", 3).prepare()).isInstanceOf(IOException.class)
                .hasMessageContaining("2 dimensions").hasMessageContaining("with 3 is configured")
                .hasMessageContaining("index-embed");
        assertThatThrownBy(() -> indices("widths", 2).prepare()).isInstanceOf(IOException.class)
                .hasMessageContaining("vectors of lengths").hasMessageContaining("widths");
    }

    private Indices indices(String model, int dimensions) {
        return new Indices(new Requests(connection.client()), new Template("notes", 1000, model, dimensions));
    }
}
