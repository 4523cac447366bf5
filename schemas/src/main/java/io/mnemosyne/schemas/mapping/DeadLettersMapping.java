package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.DeadLetterData;
import io.mnemosyne.avro.IndexDeadLettersEnvelope;
import io.mnemosyne.core.DeadLetter;

/** Values of {@code index.dead-letters}. */
public final class DeadLettersMapping implements Mapping<DeadLetter, IndexDeadLettersEnvelope> {
    private static final String LETTER = "letter";

    @Override
    public IndexDeadLettersEnvelope toAvro(DeadLetter value) {
        return new IndexDeadLettersEnvelope(LETTER, new DeadLetterData(value.key(), Places.toAvro(value.source()),
                value.index(), value.status(), value.reason(), value.sha256(), value.bytes()));
    }

    @Override
    public DeadLetter toCore(IndexDeadLettersEnvelope envelope) {
        DeadLetterData value = Kinds.only(LETTER, envelope.getKind(), envelope.getLetter());
        return new DeadLetter(value.getKey(), Places.toCore(value.getSource()), value.getIndex(), value.getStatus(),
                value.getReason(), value.getSha256(), value.getBytes());
    }
}
