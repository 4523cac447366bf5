package io.mnemosyne.index;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RebuildTest {
    private static final String OLD = "index-sink";
    private static final String NEW = "index-sink-v2";

    private final FakeOpenSearch server = new FakeOpenSearch();
    private final Connection connection = Connection.open(IndexSettings.at(server.url()));
    private final KnownGroups groups = new KnownGroups();
    private final AtomicInteger olderRunning = new AtomicInteger();
    private final AtomicInteger olderStarted = new AtomicInteger();
    private final Indices indices = new Indices(new Requests(connection.client()),
            new Template("notes", 1000, "lengths", 2));
    private final Rebuild rebuild = new Rebuild(indices, groups, Samples.NAMES,
            _ -> new KeptRunning("older", this::keepOlder, new Tally()));
    private final KeptRunning running = new KeptRunning("rebuild", rebuild, new Tally());

    @AfterEach
    void stop() {
        running.close();
        assertThat(olderRunning).as("loops left over").hasValue(0);
        connection.close();
        server.close();
        assertThat(server.complaints).isEmpty();
    }

    @Test
    void shouldSearchTheOlderIndexUntilTheNewOneHasAllOfIt() {
        // given
        server.have("notes-v1", "notes");
        groups.end = 10;
        groups.committed.put(OLD, 10L);
        groups.committed.put(NEW, 9L);
        running.start();
        await().until(() -> olderRunning.get() == 1);
        assertThat(rebuild.isBuilding()).isTrue();
        // when the new one has read all that there was in the beginning, but the older one is ahead by now
        groups.committed.put(OLD, 12L);
        groups.committed.put(NEW, 11L);
        await().during(Duration.ofMillis(700)).until(() -> server.aliased("notes").equals("notes-v1"));
        assertThat(server.indices()).contains("notes-v1");
        groups.committed.put(NEW, 12L);
        // then
        await().until(() -> server.aliased("notes").equals("notes-v2"));
        await().until(() -> olderRunning.get() == 0 && !rebuild.isBuilding());
    }

    @Test
    void shouldNotSearchANewIndexThatHasNotReadWhatThereWas() {
        // given an older group that nobody remembers
        server.have("notes-v1", "notes");
        groups.end = 10;
        // when
        running.start();
        // then
        await().until(() -> olderRunning.get() == 1);
        await().during(Duration.ofMillis(700)).until(() -> server.aliased("notes").equals("notes-v1"));
    }

    @Test
    void shouldDeleteWhatIsLeftOfAnOlderVersionWhenNobodyUsesItAnyMore() {
        // given a switch after which the process died, while another one still keeps the older index
        server.have("notes-v1");
        server.have("notes-v2", "notes", "notes-v2-write");
        groups.committed.put(OLD, 10L);
        groups.inUse.add(OLD);
        // when
        running.start();
        // then
        await().until(() -> server.indices().equals(Set.of("notes-v2")));
        assertThat(groups.committed).containsKey(OLD);
        assertThat(olderStarted).hasValue(0);
        // and when the other one has noticed
        groups.inUse.clear();
        // then
        await().until(() -> !groups.committed.containsKey(OLD));
    }

    private void keepOlder(Backoff stop) {
        olderStarted.incrementAndGet();
        olderRunning.incrementAndGet();
        try {
            while (true) {
                stop.pause(1);
            }
        } finally {
            olderRunning.decrementAndGet();
        }
    }
}
