package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;

/** Puts the shorter forms of objects into their turns. */
public final class GradedTurns {
    private final Map<String, HeldObject> shorter;
    private final Function<String, Optional<Forms>> forms;

    /**
     * Grades the turns of a thread.
     *
     * @param held what is shown of which object
     * @param forms by their name
     */
    public GradedTurns(HeldObjects held, Function<String, Optional<Forms>> forms) {
        shorter = held.objects().stream().filter(object -> object.shown() != Fidelity.FULL)
                .collect(Collectors.toMap(HeldObject::id, Function.identity()));
        this.forms = forms;
    }

    /** The turns as they are shown; empty if a form is missing. */
    public Optional<List<SizedTurn>> of(List<SizedTurn> turns) {
        List<SizedTurn> graded = new ArrayList<>();
        for (SizedTurn turn : turns) {
            Optional<SizedTurn> shown = of(turn);
            if (shown.isEmpty()) {
                return Optional.empty();
            }
            graded.add(shown.get());
        }
        return Optional.of(graded);
    }

    private Optional<SizedTurn> of(SizedTurn turn) {
        Optional<SizedTurn> graded = Optional.of(turn);
        for (SemanticObject object : turn.turn().objects()) {
            HeldObject held = shorter.get(object.id());
            if (held != null) {
                graded = graded.flatMap(whole -> forms.apply(held.forms()).flatMap(all -> all.at(held.shown()))
                        .map(form -> whole.with(object.part(), held.shown(), form, held.saved())));
            }
        }
        return graded;
    }
}
