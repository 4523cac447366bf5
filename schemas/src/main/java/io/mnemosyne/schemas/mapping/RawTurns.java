package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.OriginData;
import io.mnemosyne.avro.RawTurnData;
import io.mnemosyne.avro.SpeakerRole;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.trace.TraceContext;

/** Turns without a seq, and where they come from. */
final class RawTurns {
    private RawTurns() {
    }

    static RawTurnData toAvro(RawTurn turn) {
        return new RawTurnData(turn.eventId(), Symbols.toAvro(SpeakerRole.class, turn.role()),
                Parts.toAvro(turn.parts()), toAvro(turn.origin()));
    }

    static RawTurn toCore(RawTurnData turn) {
        return new RawTurn(turn.getEventId(), Symbols.toCore(Role.class, turn.getRole()),
                Parts.toCore(turn.getParts()), toCore(turn.getOrigin()));
    }

    private static OriginData toAvro(Origin origin) {
        return new OriginData(Nullables.toAvro(origin.at()), Nullables.toAvro(origin.sourceIndex()),
                Nullables.toAvro(origin.messageId()), Nullables.toAvro(origin.model()),
                Nullables.toAvro(origin.parentThread()), Nullables.toAvro(origin.parentTurn()), origin.attributes(),
                Nullables.toAvro(origin.parentCall()),
                Nullables.toAvro(origin.traceContext().map(TraceContext::traceparent)));
    }

    private static Origin toCore(OriginData origin) {
        return new Origin(Nullables.toCore(origin.getAt()), Nullables.toCore(origin.getSourceIndex()),
                Nullables.toCore(origin.getMessageId()), Nullables.toCore(origin.getModel()),
                Nullables.toCore(origin.getParentThread()), Nullables.toCore(origin.getParentTurn()),
                Nullables.toCore(origin.getParentCall()),
                Nullables.toCore(origin.getTraceparent()).flatMap(TraceContext::parse), origin.getAttributes());
    }
}
