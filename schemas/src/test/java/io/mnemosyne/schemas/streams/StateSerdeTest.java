package io.mnemosyne.schemas.streams;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StateSerdeTest {

    record Head(String name, long seq, Optional<Instant> at, OptionalLong parent, List<String> ids,
            Map<String, Instant> leases) {
    }

    record OlderHead(String name, long seq) {
    }

    private static final Head HEAD = new Head("a", 7, Optional.of(Instant.parse("2026-11-21T10:15:30.123456789Z")),
            OptionalLong.of(3), List.of("x", "y"), Map.of("r", Instant.EPOCH));

    @Test
    void shouldKeepTimesToTheNanosecond() {
        // given
        StateSerde<Head> serde = StateSerde.of(Head.class);
        // when
        Head read = serde.deserializer().deserialize("store", serde.serializer().serialize("store", HEAD));
        // then
        assertThat(read).isEqualTo(HEAD);
    }

    @Test
    void shouldReadAbsentOptionalsAndListsAsEmpty() {
        // given
        StateSerde<Head> serde = StateSerde.of(Head.class);
        byte[] older = StateSerde.of(OlderHead.class).serializer().serialize("store", new OlderHead("a", 7));
        // when
        Head read = serde.deserializer().deserialize("store", older);
        // then
        assertThat(read.at()).isEmpty();
        assertThat(read.parent()).isEmpty();
        assertThat(read.ids()).isEmpty();
    }

    @Test
    void shouldIgnorePropertiesThatItDoesNotKnow() {
        // given
        byte[] newer = StateSerde.of(Head.class).serializer().serialize("store", HEAD);
        // when
        OlderHead read = StateSerde.of(OlderHead.class).deserializer().deserialize("store", newer);
        // then
        assertThat(read).isEqualTo(new OlderHead("a", 7));
    }
}
