package io.mnemosyne.schemas.produce;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaTurnLogTest {
    private static final ThreadKey THREAD = new ThreadKey("default", "t");
    private static final RawTurn TURN = new RawTurn("e1", Role.USER, List.of(), Origin.UNKNOWN);

    @Test
    void shouldGiveUpWithinTheTimeThatTheReadmePromisesWhenKafkaIsAway() throws Exception {
        // given a port that is taken, but by nobody who speaks Kafka
        TopicNames names = TopicNames.plain();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                KafkaTurnLog log = new KafkaTurnLog(
                        Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()), names,
                        new TopicSerdes(new LocalSchemaIds(), names))) {
            // when
            CompletableFuture<Position> written = CompletableFuture.supplyAsync(() -> log.append(THREAD, TURN))
                    .thenCompose(position -> position);

            // then
            assertThat(written).failsWithin(Duration.ofSeconds(30));
        }
    }
}
