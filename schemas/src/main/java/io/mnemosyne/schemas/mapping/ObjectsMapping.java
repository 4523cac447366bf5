package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ObjectsEnvelope;
import io.mnemosyne.avro.StoredObjectData;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.ThreadKey;

/** Values of {@code objects}. */
public final class ObjectsMapping implements Mapping<ObjectRecord, ObjectsEnvelope> {
    private static final String OBJECT = "object";

    @Override
    public ObjectsEnvelope toAvro(ObjectRecord value) {
        return new ObjectsEnvelope(OBJECT, value.thread().tenant(), value.thread().thread(), value.incarnation(),
                new StoredObjectData(Descriptors.toAvro(value.object()), Parts.toAvro(value.content())));
    }

    @Override
    public ObjectRecord toCore(ObjectsEnvelope envelope) {
        StoredObjectData stored = Kinds.only(OBJECT, envelope.getKind(), envelope.getObject());
        return new ObjectRecord(new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                Descriptors.toCore(stored.getDescriptor()), Parts.toCore(stored.getContent()));
    }
}
