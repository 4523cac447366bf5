package io.mnemosyne.bench.recall;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.index.DirectIndex;
import io.mnemosyne.inference.embeddings.Embedding;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;
import io.mnemosyne.replay.loss.CutObject;

/**
 * Many threads of made-up objects. An object has the type, size and about half of the lines of a recorded one; the other lines are
 * those of another recorded one. Its vector is that of the recorded one, turned a little. A fifth of all objects is one thread.
 */
final class Crowd {
    static final ThreadKey LARGE = new ThreadKey("bench", "large");
    private static final int TENANTS = 10;
    private static final int IN_SMALL = 100;
    private static final int LARGE_SHARE = 5;
    private static final float TURN = 0.02f;

    private final List<CutObject> recorded;
    private final Vectors vectors;
    private final Random random;

    Crowd(List<CutObject> recorded, Vectors vectors, long seed) {
        this.recorded = recorded;
        this.vectors = vectors;
        this.random = new Random(seed);
    }

    /** The threads of so many objects, the large one first. */
    static List<ThreadKey> threads(int objects) {
        List<ThreadKey> threads = new ArrayList<>(List.of(LARGE));
        for (int i = 0; i * IN_SMALL < objects - objects / LARGE_SHARE; i++) {
            threads.add(new ThreadKey("tenant-" + i % TENANTS, "thread-" + i));
        }
        return threads;
    }

    /** Writes so many objects with their turns and vectors. */
    void write(DirectIndex index, int objects) throws IOException {
        int left = objects;
        for (ThreadKey thread : threads(objects)) {
            int size = Math.min(left, thread.equals(LARGE) ? objects / LARGE_SHARE : IN_SMALL);
            for (int seq = 0; seq < size; seq++) {
                write(index, thread, seq);
            }
            left -= size;
        }
        index.finish();
    }

    private void write(DirectIndex index, ThreadKey thread, long seq) throws IOException {
        CutObject like = any();
        SemanticObject from = like.object();
        String text = mixed(like.text(), any().text());
        String id = Sha256.id(thread.toString(), Long.toString(seq));
        SemanticObject object = new SemanticObject(id, from.type(), SeqRange.of(seq), 0, from.stub(), Sha256.hex(text),
                Sha256.utf8Length(text), from.tokens(), from.tool(), from.path(), from.error(),
                Optional.empty(), from.admission(), List.of(), from.tags(), Optional.empty());
        Content content = IndexedSessions.content(text);
        index.add(new ObjectRecord(thread, 0, object, content));
        index.add(new TurnsRecord(thread, 0, new Position("turns.raw", 0, seq),
                new TurnEvent.Appended(new Turn(thread, 0,
                        seq, new RawTurn("e" + seq, Role.TOOL, List.of(new Part.Text(content)), Origin.UNKNOWN),
                        from.tokens(),
                        List.of(object)))));
        if (from.admission().admitted()) {
            index.add(new EmbeddingVector(thread, 0, id, MiniLmEmbedder.MODEL, Sha256.hex(text),
                    turned(vectors.of(from.stub() + "\n" + IndexedSessions.content(like.text()).shown()))));
        }
    }

    private CutObject any() {
        return recorded.get(random.nextInt(recorded.size()));
    }

    private String mixed(String text, String other) {
        List<String> others = other.lines().toList();
        return String.join("\n", text.lines()
                .map(line -> others.isEmpty() || random.nextBoolean()
                        ? line
                        : others.get(random.nextInt(others.size())))
                .toList());
    }

    private List<Float> turned(List<Float> vector) {
        float[] values = new float[vector.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = vector.get(i) + TURN * (float) random.nextGaussian();
        }
        return Embedding.normalized(values).values();
    }
}
