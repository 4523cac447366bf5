package io.mnemosyne.schemas.serde;

import java.time.Instant;
import java.util.List;

import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

class TopicSerdesTest {
    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), TopicNames.plain());

    @Test
    void shouldReadBackWhatItWrote() {
        // given
        Serde<RawTurn> serde = serdes.rawTurns();
        RawTurn turn = new RawTurn("e-1", Role.USER, List.of(new Part.Text(Content.of("hello"))),
                Origin.at(Instant.parse("2026-11-21T10:15:30.123456Z")));
        // when
        byte[] bytes = serde.serializer().serialize("turns.raw", turn);
        RawTurn read = serde.deserializer().deserialize("turns.raw", bytes);
        // then
        assertThat(read).isEqualTo(turn);
    }
}
