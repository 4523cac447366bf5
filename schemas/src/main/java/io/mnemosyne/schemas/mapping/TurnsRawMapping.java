package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.TurnsRawEnvelope;
import io.mnemosyne.core.RawTurn;

/** Values of {@code turns.raw}. */
public final class TurnsRawMapping implements Mapping<RawTurn, TurnsRawEnvelope> {
    private static final String TURN = "turn";

    @Override
    public TurnsRawEnvelope toAvro(RawTurn turn) {
        return new TurnsRawEnvelope(TURN, RawTurns.toAvro(turn));
    }

    @Override
    public RawTurn toCore(TurnsRawEnvelope envelope) {
        return RawTurns.toCore(Kinds.only(TURN, envelope.getKind(), envelope.getTurn()));
    }
}
