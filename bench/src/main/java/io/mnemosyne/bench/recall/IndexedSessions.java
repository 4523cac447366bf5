package io.mnemosyne.bench.recall;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.index.DirectIndex;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;
import io.mnemosyne.replay.loss.CutObject;
import io.mnemosyne.replay.recording.Event;

/** Brings recorded sessions into the index as the pipeline would. */
final class IndexedSessions {
    /** Larger texts are blobs, of which the index has an excerpt. */
    private static final int INLINE_BYTES = 64 * 1024;
    private static final int EXCERPT_BYTES = 4 * 1024;

    private final DirectIndex index;
    private final Vectors vectors;

    IndexedSessions(DirectIndex index, Vectors vectors) {
        this.index = index;
        this.vectors = vectors;
    }

    /** @param told after each session, with its name */
    void addAll(List<Session> sessions, Consumer<String> told) throws IOException {
        for (Session session : sessions) {
            Map<Integer, List<SemanticObject>> objects = new HashMap<>();
            for (CutObject cut : session.objects()) {
                objects.computeIfAbsent(cut.event(), _ -> new ArrayList<>()).add(cut.object());
                add(session.thread(), cut);
            }
            for (Event event : session.recording().events()) {
                index.add(turn(session.thread(), event, objects.getOrDefault(event.index(), List.of())));
            }
            told.accept(session.recording().id());
        }
        index.finish();
    }

    private void add(ThreadKey thread, CutObject cut) throws IOException {
        SemanticObject object = cut.object();
        Content content = content(cut.text());
        index.add(new ObjectRecord(thread, 0, object, content));
        if (object.admission().admitted()) {
            String text = object.stub() + "\n" + content.shown();
            index.add(new EmbeddingVector(thread, 0, object.id(), MiniLmEmbedder.MODEL, Sha256.hex(text),
                    vectors.of(text)));
        }
    }

    static Content content(String text) {
        return Sha256.utf8Length(text) <= INLINE_BYTES
                ? Content.of(text)
                : new Content.Reference(Sha256.hex(text), Sha256.utf8Length(text), Excerpt.of(text, EXCERPT_BYTES));
    }

    private static TurnsRecord turn(ThreadKey thread, Event event, List<SemanticObject> objects) {
        return new TurnsRecord(thread, 0, new Position("turns.raw", 0, event.index()),
                new TurnEvent.Appended(new Turn(thread, 0, event.index(), event.turn(), 0, objects)));
    }
}
