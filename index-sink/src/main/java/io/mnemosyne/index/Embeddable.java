package io.mnemosyne.index;

import java.util.Optional;

import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.inference.embeddings.Embedder;

/** A text that is worth a vector. */
record Embeddable(ThreadKey thread, long incarnation, String subject, String text) {

    /** Admitted objects; their one-line name comes first, so that it counts however long the text is. */
    static Optional<Embeddable> of(ObjectRecord entry) {
        return entry.object().admission().admitted()
                ? Optional.of(new Embeddable(entry.thread(), entry.incarnation(), entry.object().id(),
                        entry.object().stub() + "\n" + entry.content().shown()))
                : Optional.empty();
    }

    /** Segments. */
    static Optional<Embeddable> of(MemoryRecord entry) {
        return switch (entry.event()) {
            case MemoryEvent.Observed(Segment segment) -> Optional.of(of(entry, segment));
            case MemoryEvent.Reflected(Segment segment, _) -> Optional.of(of(entry, segment));
            case MemoryEvent.StateChanged _,MemoryEvent.Controlled _ -> Optional.empty();
        };
    }

    private static Embeddable of(MemoryRecord entry, Segment segment) {
        return new Embeddable(entry.thread(), entry.incarnation(), segment.id(), SegmentText.of(segment));
    }

    EmbeddingVector by(Embedder embedder) {
        return new EmbeddingVector(thread, incarnation, subject, embedder.model(), Sha256.hex(text),
                embedder.embed(text).values());
    }
}
