package io.mnemosyne.schemas.streams;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

/** On the RocksDB store and with the settings that the topologies run with. */
class RowLedgerTest {
    private static final ThreadKey THREAD = new ThreadKey("default", "a");
    private static final ThreadKey LONGER_NAME = new ThreadKey("default", "a.b");

    @TempDir
    private Path stateDir;
    private KeyValueStore<String, byte[]> store;
    private RowLedger ledger;

    @BeforeEach
    void open() {
        StreamsSettings settings = new StreamsSettings("test", TopicNames.plain(), "nowhere:9092", stateDir);
        MockProcessorContext<String, String> context = new MockProcessorContext<>(settings.properties(),
                new org.apache.kafka.streams.processor.TaskId(0, 0), stateDir.toFile());
        store = RowLedger.store("rows").withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        ledger = new RowLedger(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldReportEveryRowOfTheThreadOnceAndInOrder() {
        // given
        ledger.wrote(THREAD, "turns", "default/a#0.t2");
        ledger.wrote(THREAD, "turns", "default/a#0.t1");
        ledger.wrote(THREAD, "turns", "default/a#0.t1");
        ledger.wrote(THREAD, "blobs", "default/a#abc");
        // when, then
        assertThat(erased(THREAD)).containsExactly("blobs default/a#abc", "turns default/a#0.t1",
                "turns default/a#0.t2");
        assertThat(erased(THREAD)).isEmpty();
    }

    @Test
    void shouldLeaveAThreadAloneWhoseNameOnlyBeginsAlike() {
        // given
        ledger.wrote(THREAD, "turns", "default/a#0.t1");
        ledger.wrote(LONGER_NAME, "turns", "default/a.b#0.t1");
        // when
        erased(THREAD);
        // then
        assertThat(erased(LONGER_NAME)).containsExactly("turns default/a.b#0.t1");
    }

    private List<String> erased(ThreadKey thread) {
        List<String> rows = new ArrayList<>();
        ledger.erase(thread, (sink, key) -> rows.add(sink + " " + key));
        return rows;
    }
}
