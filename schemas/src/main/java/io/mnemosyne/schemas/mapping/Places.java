package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.PositionData;
import io.mnemosyne.avro.SeqRangeData;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.SeqRange;

/** Places: ranges of turns and positions in Kafka. */
final class Places {
    private Places() {
    }

    static SeqRangeData toAvro(SeqRange range) {
        return new SeqRangeData(range.from(), range.to());
    }

    static SeqRange toCore(SeqRangeData range) {
        return new SeqRange(range.getFrom(), range.getTo());
    }

    static PositionData toAvro(Position position) {
        return new PositionData(position.topic(), position.partition(), position.offset());
    }

    static Position toCore(PositionData position) {
        return new Position(position.getTopic(), position.getPartition(), position.getOffset());
    }
}
