package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.GradedTurns;
import io.mnemosyne.core.assemble.Restored;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.assemble.ViewContent;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.tokens.TokenCounter;

/** The head and the rows of one thread's view in memory, written as its effects say. */
public final class KeptView implements Texts {
    private final Map<Long, SizedTurn> turns = new TreeMap<>();
    private final Map<String, Segment> segments = new TreeMap<>();
    private final Map<Long, ProjectState> states = new TreeMap<>();
    private final Map<String, Forms> forms = new TreeMap<>();
    private final List<ViewEvent> journal = new ArrayList<>();
    private final List<ViewEffect.Summarize> asked = new ArrayList<>();
    private final List<Compaction> compactions = new ArrayList<>();
    private final TokenCounter counter;
    private ViewState head = ViewState.EMPTY;

    /** @param counter that the view counts with */
    public KeptView(TokenCounter counter) {
        this.counter = counter;
    }

    public KeptView copy() {
        KeptView copy = new KeptView(counter);
        copy.turns.putAll(turns);
        copy.segments.putAll(segments);
        copy.states.putAll(states);
        copy.forms.putAll(forms);
        copy.journal.addAll(journal);
        copy.asked.addAll(asked);
        copy.compactions.addAll(compactions);
        copy.head = head;
        return copy;
    }

    public ViewState head() {
        return head;
    }

    /** Of this incarnation. */
    public List<ViewEvent> journal() {
        return journal;
    }

    public void keep(Decision<ViewState, ViewEffect> decision) {
        head = decision.state();
        decision.effects().forEach(this::apply);
    }

    /**
     * What is shown; fails if a row of it was dropped.
     *
     * @param standing the policy of threads that have none of their own
     */
    public ViewContent content(ThreadKey thread, Policy standing) {
        Shown shown = head.shown();
        GradedTurns grades = new GradedTurns(head.held(), name -> Optional.ofNullable(forms.get(name)));
        return new ViewContent(thread,
                head.turns().system().stream().filter(turn -> turn.seq() <= shown.watermark())
                        .map(turn -> Objects.requireNonNull(turns.get(turn.seq()))).toList(),
                shown.state().version() == 0
                        ? ProjectState.EMPTY
                        : Objects.requireNonNull(states.get(shown.state().version())),
                shown.segmentIds().stream().map(id -> Objects.requireNonNull(segments.get(id))).toList(),
                grades.of(shown.copies().stream().map(copy -> Objects.requireNonNull(turns.get(copy.seq()))).toList())
                        .orElseThrow(),
                grades.of(turns.values().stream().filter(turn -> turn.seq() > shown.watermark()).toList())
                        .orElseThrow(),
                shown.restored().stream().map(this::restored).toList(),
                Optional.ofNullable(turns.get(shown.watermark())).flatMap(turn -> turn.turn().body().origin().at()),
                head.policy(standing).zone(), shown.state().budget());
    }

    @Override
    public Optional<Original> of(String object, long seq) {
        Optional<Turn> turn = Optional.ofNullable(turns.get(seq)).map(SizedTurn::turn);
        return turn.flatMap(found -> found.objects().stream().filter(cut -> cut.id().equals(object)).findFirst()
                .map(cut -> new Original(cut, found.parts().get(cut.part()).content().shown())));
    }

    private Restored restored(RestoredObject object) {
        Turn turn = Objects.requireNonNull(turns.get(object.seq())).turn();
        return Restored.of(
                turn.objects().stream().filter(cut -> cut.id().equals(object.id())).findFirst().orElseThrow(),
                turn, object.after(), counter);
    }

    @Override
    public OptionalLong seqOf(String object) {
        return turns.values().stream()
                .filter(turn -> turn.turn().objects().stream().anyMatch(cut -> cut.id().equals(object)))
                .mapToLong(SizedTurn::seq).findFirst();
    }

    @Override
    public Optional<SizedTurn> turn(long seq) {
        return Optional.ofNullable(turns.get(seq));
    }

    Set<String> forms() {
        return Set.copyOf(forms.keySet());
    }

    List<ViewEffect.Summarize> asked() {
        return asked;
    }

    /** What was asked for because a window was nearly full, oldest first. */
    List<Compaction> compactions() {
        return compactions;
    }

    public int rows() {
        return turns.size() + segments.size() + states.size();
    }

    private void apply(ViewEffect effect) {
        switch (effect) {
            case ViewEffect.KeepTurn(SizedTurn turn) -> turns.put(turn.seq(), turn);
            case ViewEffect.KeepSegment(Segment segment) -> segments.put(segment.id(), segment);
            case ViewEffect.DropSegments(List<String> ids) -> ids.forEach(segments::remove);
            case ViewEffect.KeepState(ProjectState state) -> states.put(state.version(), state);
            case ViewEffect.DropState(long version) -> states.remove(version);
            case ViewEffect.Journal(ViewEvent event) -> journal.add(event);
            case ViewEffect.KeepForms(String name, Forms ofObject) -> forms.put(name, ofObject);
            case ViewEffect.DropForms(List<String> names) -> names.forEach(forms::remove);
            case ViewEffect.Summarize ask -> asked.add(ask);
            case ViewEffect.Compact(Compaction compaction) -> compactions.add(compaction);
            case ViewEffect.Forget _ -> {
                turns.clear();
                segments.clear();
                states.clear();
                forms.clear();
                journal.clear();
                asked.clear();
                compactions.clear();
            }
        }
    }

    /** Everything that is kept, as one text. */
    @Override
    public String toString() {
        return String.join("\n", head.toString(), turns.toString(), segments.toString(), states.toString(),
                forms.toString(), asked.toString(), compactions.toString(), journal.toString());
    }
}
