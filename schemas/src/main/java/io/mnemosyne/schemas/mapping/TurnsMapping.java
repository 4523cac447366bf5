package io.mnemosyne.schemas.mapping;

import org.apache.kafka.common.errors.SerializationException;

import io.mnemosyne.avro.SkipReason;
import io.mnemosyne.avro.SkippedData;
import io.mnemosyne.avro.TurnData;
import io.mnemosyne.avro.TurnsEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;

/** Values of {@code turns}. */
public final class TurnsMapping implements Mapping<TurnsRecord, TurnsEnvelope> {
    private static final String TURN = "turn";
    private static final String CONTROL = "control";
    private static final String SKIPPED = "skipped";

    @Override
    public TurnsEnvelope toAvro(TurnsRecord value) {
        TurnsEnvelope envelope = new TurnsEnvelope();
        envelope.setTenant(value.thread().tenant());
        envelope.setThread(value.thread().thread());
        envelope.setIncarnation(value.incarnation());
        envelope.setSource(Places.toAvro(value.source()));
        switch (value.event()) {
            case TurnEvent.Appended(Turn turn) -> {
                requireOwner(value, turn);
                envelope.setKind(TURN);
                envelope.setTurn(toAvro(turn));
            }
            case TurnEvent.Controlled controlled -> {
                envelope.setKind(CONTROL);
                envelope.setControl(Commands.toAvro(controlled.command()));
            }
            case TurnEvent.Skipped skipped -> {
                envelope.setKind(SKIPPED);
                envelope.setSkipped(new SkippedData(skipped.eventId(),
                        Symbols.toAvro(SkipReason.class, skipped.reason())));
            }
        }
        return envelope;
    }

    @Override
    public TurnsRecord toCore(TurnsEnvelope envelope) {
        ThreadKey thread = new ThreadKey(envelope.getTenant(), envelope.getThread());
        String kind = envelope.getKind();
        TurnEvent event = switch (kind) {
            case TURN -> new TurnEvent.Appended(
                    toCore(thread, envelope.getIncarnation(), Kinds.body(kind, envelope.getTurn())));
            case CONTROL -> new TurnEvent.Controlled(Commands.toCore(Kinds.body(kind, envelope.getControl())));
            case SKIPPED -> toCore(Kinds.body(kind, envelope.getSkipped()));
            default -> throw Kinds.unknown(kind);
        };
        return new TurnsRecord(thread, envelope.getIncarnation(), Places.toCore(envelope.getSource()), event);
    }

    /** The envelope names the owner once, so a turn of another thread would come back as this thread's. */
    private static void requireOwner(TurnsRecord value, Turn turn) {
        if (!turn.thread().equals(value.thread()) || turn.incarnation() != value.incarnation()) {
            throw new SerializationException("a turn of " + turn.thread() + ", incarnation " + turn.incarnation()
                    + ", cannot be written as one of " + value.thread() + ", incarnation " + value.incarnation());
        }
    }

    private static TurnData toAvro(Turn turn) {
        return new TurnData(turn.seq(), RawTurns.toAvro(turn.body()), turn.tokens(),
                turn.objects().stream().map(Descriptors::toAvro).toList());
    }

    private static Turn toCore(ThreadKey thread, long incarnation, TurnData turn) {
        return new Turn(thread, incarnation, turn.getSeq(), RawTurns.toCore(turn.getBody()), turn.getTokens(),
                turn.getObjects().stream().map(Descriptors::toCore).toList());
    }

    private static TurnEvent toCore(SkippedData skipped) {
        return new TurnEvent.Skipped(skipped.getEventId(),
                Symbols.toCore(TurnEvent.Reason.class, skipped.getReason()));
    }
}
