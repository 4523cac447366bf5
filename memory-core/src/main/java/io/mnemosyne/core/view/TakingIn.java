package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Said;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.view.ViewEvent.FaultKind;

/** What a turn brings, names and makes stale. */
final class TakingIn {
    /**
     * The head of a thread is written with every record and must fit one. Where nobody observes, so many objects may be
     * there; those that come then are shown in full, and the ceiling cuts what is too much.
     */
    static final int MOST_HELD = 512;

    private final Shortening shortening;

    TakingIn(Shortening shortening) {
        this.shortening = shortening;
    }

    /**
     * What is held after a turn.
     *
     * @param effects rows and journal
     */
    record Taken(HeldObjects held, List<ViewEffect> effects) {
    }

    /**
     * @param appended whether the text of an object is repeated at the end of the prompt, by its id
     * @param ceiling of the view, tokens
     */
    Taken take(HeldObjects before, Predicate<String> appended, SizedTurn turn, long ceiling, Policy policy) {
        var step = new Step(before, appended, turn, ceiling, policy);
        step.hear();
        turn.turn().objects().forEach(step::arrive);
        return new Taken(step.held, step.effects);
    }

    private final class Step {
        private final Predicate<String> appended;
        private final Turn turn;
        private final long turnTokens;
        private final long ceiling;
        private final Policy policy;
        private final List<ViewEffect> effects = new ArrayList<>();
        private HeldObjects held;

        Step(HeldObjects held, Predicate<String> appended, SizedTurn sized, long ceiling, Policy policy) {
            this.held = held;
            this.appended = appended;
            this.turn = sized.turn();
            this.turnTokens = sized.tokens();
            this.ceiling = ceiling;
            this.policy = policy;
        }

        /** An assistant's turn came of a call, and names what it is about. */
        void hear() {
            if (turn.role() != Role.ASSISTANT) {
                return;
            }
            held = held.called();
            Said said = Said.in(turn);
            for (HeldObject object : held.objects()) {
                if (object.marks().areIn(said)) {
                    use(object, said);
                }
            }
        }

        private void use(HeldObject object, Said said) {
            HeldObject used = object.used(held.calls());
            if (!seen(object).isBelow(Fidelity.DETAILED) || object.state().stale()) {
                held = held.replace(used);
            } else if (object.state().faulted() || !isMissed(object, said)) {
                held = held.replace(used.with(used.state().want()));
            } else {
                held = held.with(held.tally().reference());
                fault(object, FaultKind.REFERENCE);
                held = held.replace(used.with(used.state().fault()));
            }
        }

        /** Whether something is named or repeated that no object in full view tells. */
        private boolean isMissed(HeldObject object, Said said) {
            return object.marks().isRepeatedIn(said)
                    || object.marks().missedIn(said).stream().anyMatch(name -> held.objects().stream()
                            .noneMatch(other -> seen(other) == Fidelity.FULL
                                    && other.marks().lost().contains(name)));
        }

        /** How much of an object the agent sees. */
        private Fidelity seen(HeldObject object) {
            return appended.test(object.id()) ? Fidelity.FULL : object.shown();
        }

        void arrive(SemanticObject object) {
            boolean again = reread(object);
            if (!object.error()) {
                held = held.map(earlier -> isResolvedBy(earlier, object)
                        ? earlier.with(earlier.state().resolved())
                        : earlier);
            }
            if (turn.role() != Role.SYSTEM && !turn.isByUser()) {
                hold(object, again);
            }
        }

        /** A failure stays in view until the same tool succeeds. */
        private static boolean isResolvedBy(HeldObject earlier, SemanticObject object) {
            return earlier.state().error() && earlier.tool().equals(object.tool());
        }

        /** Whether the object brings back what was needed and not in view. */
        private boolean reread(SemanticObject object) {
            Optional<HeldObject> same = held.newest(earlier -> isSame(earlier, object));
            Optional<HeldObject> older = same.or(() -> object.supersedes().flatMap(this::newestCopy));
            older.ifPresent(earlier -> supersede(earlier, same.isPresent()));
            object.relations().stream().filter(relation -> relation.kind() == SemanticObject.Relation.Kind.SUPERSEDES)
                    .map(SemanticObject.Relation::object).map(this::newestCopy).flatMap(Optional::stream)
                    .forEach(earlier -> held = held.replace(earlier.with(earlier.state().superseded())));
            return older.filter(earlier -> seen(earlier) != Fidelity.FULL).isPresent();
        }

        /** What was read twice is known by its first reading, and shown by its last. */
        private Optional<HeldObject> newestCopy(String id) {
            return held.find(id).flatMap(first -> held.newest(copy -> copy.contentHash().equals(first.contentHash())
                    && copy.tool().equals(first.tool())));
        }

        private static boolean isSame(HeldObject earlier, SemanticObject object) {
            return object.contentHash().startsWith(earlier.contentHash()) && earlier.tool().equals(object.tool())
                    && !object.tool().isEmpty();
        }

        private void supersede(HeldObject earlier, boolean identical) {
            HeldObject.State state = earlier.state();
            if (seen(earlier) != Fidelity.FULL && !state.faulted()) {
                held = held.with(identical ? held.tally().identicalRead() : held.tally().changedRead());
                fault(earlier, identical ? FaultKind.IDENTICAL : FaultKind.CHANGED);
                state = state.fault();
            }
            held = held.replace(earlier.with(state.superseded()));
        }

        private void fault(HeldObject object, FaultKind kind) {
            effects.add(new ViewEffect.Journal(new ViewEvent.Faulted(held.tally().faults(), turn.seq(), object.id(),
                    kind, object.shown())));
        }

        private void hold(SemanticObject object, boolean pin) {
            if (object.tokens() < policy.fidelity().smallest() || held.objects().size() >= MOST_HELD) {
                return;
            }
            String text = turn.parts().get(object.part()).content().shown();
            Forms forms = object.forms().orElseGet(() -> shortening.of(object, text));
            HeldObject fresh = HeldObject.of(object, turnTokens, text, forms, held.calls(), pin);
            boolean withheld = !pin && object.tokens() > policy.fidelity().withheld() * ceiling
                    && object.path().isEmpty()
                    && !object.tool().isEmpty();
            List<HeldObject> next = new ArrayList<>(held.objects());
            next.add(withheld ? fresh.shownAt(Fidelity.DETAILED, held.calls()) : fresh);
            held = held.with(next);
            effects.add(new ViewEffect.KeepForms(fresh.forms(), forms));
        }

    }
}
