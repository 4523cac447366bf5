package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.BlobData;
import io.mnemosyne.avro.BlobsEnvelope;
import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ThreadKey;

/** Values of {@code blobs}. */
public final class BlobsMapping implements Mapping<Blob, BlobsEnvelope> {
    private static final String BLOB = "blob";

    @Override
    public BlobsEnvelope toAvro(Blob blob) {
        return new BlobsEnvelope(BLOB, blob.thread().tenant(), blob.thread().thread(), blob.incarnation(),
                new BlobData(blob.sha256(), blob.text()));
    }

    @Override
    public Blob toCore(BlobsEnvelope envelope) {
        BlobData blob = Kinds.only(BLOB, envelope.getKind(), envelope.getBlob());
        return new Blob(new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                blob.getSha256(), blob.getText());
    }
}
