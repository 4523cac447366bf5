package io.mnemosyne.replay.machines;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.mnemosyne.context.ObjectRow;
import io.mnemosyne.context.ObjectTexts;
import io.mnemosyne.context.Rows;
import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.view.Texts;
import io.mnemosyne.core.view.ViewState;

/** The rows of one thread, in memory. Whatever thread is asked for, it is this one. */
final class KeptRows implements Rows, Texts {
    private final TreeMap<Long, SizedTurn> turns = new TreeMap<>();
    private final Map<String, Segment> segments = new HashMap<>();
    private final Map<Long, ProjectState> states = new HashMap<>();
    private final Map<String, Forms> forms = new HashMap<>();
    private final Map<String, Blob> blobs = new HashMap<>();
    private final ObjectTexts texts = new ObjectTexts(this::blob);
    private ViewState head = ViewState.EMPTY;

    ViewState head() {
        return head;
    }

    int turns() {
        return turns.size();
    }

    int segments() {
        return segments.size();
    }

    int states() {
        return states.size();
    }

    void keep(ViewState newHead) {
        head = newHead;
    }

    void keep(SizedTurn turn) {
        turns.put(turn.seq(), turn);
    }

    void keep(Segment segment) {
        segments.put(segment.id(), segment);
    }

    void keep(ProjectState state) {
        states.put(state.version(), state);
    }

    void keep(Blob blob) {
        blobs.put(blob.sha256(), blob);
    }

    void keep(String name, Forms ofObject) {
        forms.put(name, ofObject);
    }

    void dropForms(String name) {
        forms.remove(name);
    }

    void dropSegment(String id) {
        segments.remove(id);
    }

    void dropState(long version) {
        states.remove(version);
    }

    /** Drops all but the blobs, which another stage writes. */
    void forget() {
        turns.clear();
        segments.clear();
        states.clear();
        forms.clear();
    }

    /** The turn of an object, with the object. */
    private Optional<Map.Entry<Turn, SemanticObject>> cut(String object, long seq) {
        return Optional.ofNullable(turns.get(seq)).map(SizedTurn::turn)
                .flatMap(turn -> ObjectTexts.descriptor(object, turn).map(found -> Map.entry(turn, found)));
    }

    @Override
    public OptionalLong seqOf(String object) {
        return turns.values().stream().filter(turn -> ObjectTexts.descriptor(object, turn.turn()).isPresent())
                .mapToLong(SizedTurn::seq).findFirst();
    }

    @Override
    public Optional<SizedTurn> turn(long seq) {
        return Optional.ofNullable(turns.get(seq));
    }

    @Override
    public Optional<Texts.Original> of(String object, long seq) {
        return cut(object, seq).flatMap(cut -> texts.whole(cut.getValue(), cut.getKey())
                .map(text -> new Texts.Original(cut.getValue(), text)));
    }

    /** An object with as much of its text as a request carries. */
    Optional<Map.Entry<SemanticObject, Content>> clipped(String object, long seq, int maxBytes) {
        return cut(object, seq).flatMap(cut -> texts.of(cut.getValue(), cut.getKey(), maxBytes)
                .map(content -> Map.entry(cut.getValue(), content)));
    }

    @Override
    public Optional<ViewState> head(ThreadKey thread) {
        return Optional.of(head);
    }

    @Override
    public Optional<SizedTurn> turn(ThreadKey thread, long seq) {
        return turn(seq);
    }

    @Override
    public List<SizedTurn> turns(ThreadKey thread, SeqRange seqs) {
        return List.copyOf(turns.subMap(seqs.from(), true, seqs.to(), true).values());
    }

    @Override
    public Optional<Segment> segment(ThreadKey thread, String id) {
        return Optional.ofNullable(segments.get(id));
    }

    @Override
    public Optional<ProjectState> state(ThreadKey thread, long version) {
        return Optional.ofNullable(states.get(version));
    }

    @Override
    public Optional<ObjectRow> object(ThreadKey thread, String id) {
        OptionalLong seq = seqOf(id);
        return seq.isPresent() ? Optional.of(new ObjectRow(seq.getAsLong(), List.of())) : Optional.empty();
    }

    @Override
    public Optional<Blob> blob(ThreadKey thread, String sha256) {
        return Optional.ofNullable(blobs.get(sha256));
    }

    @Override
    public Optional<Forms> forms(ThreadKey thread, String name) {
        return Optional.ofNullable(forms.get(name));
    }
}
