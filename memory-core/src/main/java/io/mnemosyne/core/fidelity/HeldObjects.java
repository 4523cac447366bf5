package io.mnemosyne.core.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The objects of a thread that may be shown shorter, or were.
 *
 * @param objects in the order of their turns
 * @param calls that the agent has made
 * @param tally of what became of them
 */
public record HeldObjects(List<HeldObject> objects, long calls, Tally tally) {
    public static final HeldObjects NONE = new HeldObjects(List.of(), 0, Tally.NONE);

    /**
     * Running totals.
     *
     * @param evictions objects that were shown shorter at least once
     * @param identical faults by reading the same content again
     * @param changed faults by reading again what had changed
     * @param references faults by naming what only an object out of view tells of
     * @param questions to memory, each a micro-fault: needs that were answered without bringing an object back
     * @param commands about objects, questions among them
     */
    public record Tally(long evictions, long identical, long changed, long references, long questions, long commands) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

        public long faults() {
            return identical + changed + references;
        }

        Tally evicted(long more) {
            return new Tally(evictions + more, identical, changed, references, questions, commands);
        }

        public Tally identicalRead() {
            return new Tally(evictions, identical + 1, changed, references, questions, commands);
        }

        public Tally changedRead() {
            return new Tally(evictions, identical, changed + 1, references, questions, commands);
        }

        public Tally reference() {
            return new Tally(evictions, identical, changed, references + 1, questions, commands);
        }

        public Tally question() {
            return new Tally(evictions, identical, changed, references, questions + 1, commands);
        }

        public Tally command() {
            return new Tally(evictions, identical, changed, references, questions, commands + 1);
        }
    }

    public HeldObjects {
        objects = List.copyOf(objects);
    }

    /** The object with an id, if it is held. */
    public Optional<HeldObject> find(String id) {
        return objects.stream().filter(object -> object.id().equals(id)).findFirst();
    }

    /** The newest object that a predicate holds for. */
    public Optional<HeldObject> newest(Predicate<HeldObject> wanted) {
        return objects.reversed().stream().filter(wanted).findFirst();
    }

    /** Tokens by which the turn of an object is shown shorter. */
    public long saved(long seq) {
        return objects.stream().filter(object -> object.seq() == seq).mapToLong(HeldObject::saved).sum();
    }

    /** Tokens by which turns are shown shorter, by their seq. */
    public Map<Long, Long> savedByTurn() {
        return objects.stream()
                .collect(Collectors.groupingBy(HeldObject::seq, Collectors.summingLong(HeldObject::saved)));
    }

    public HeldObjects called() {
        return new HeldObjects(objects, calls + 1, tally);
    }

    public HeldObjects with(Tally next) {
        return new HeldObjects(objects, calls, next);
    }

    /** With each object changed. */
    public HeldObjects map(UnaryOperator<HeldObject> change) {
        return new HeldObjects(objects.stream().map(change).toList(), calls, tally);
    }

    /** With an object as it has become. */
    public HeldObjects replace(HeldObject changed) {
        return map(object -> object.id().equals(changed.id()) ? changed : object);
    }

    /** With an object that was held before, in the place of its turn. */
    public HeldObjects again(HeldObject object) {
        List<HeldObject> next = new ArrayList<>(objects);
        int place = (int) objects.stream().filter(other -> other.seq() <= object.seq()).count();
        next.add(place, object);
        return new HeldObjects(next, calls, tally);
    }

    /** Without some objects, which nobody will ask for. */
    public HeldObjects without(Set<String> ids) {
        return new HeldObjects(objects.stream().filter(object -> !ids.contains(object.id())).toList(), calls, tally);
    }

    /** With other objects; what is shown shorter for the first time is counted. */
    public HeldObjects with(List<HeldObject> next) {
        long before = objects.stream().filter(object -> object.state().evicted()).count();
        long after = next.stream().filter(object -> object.state().evicted()).count();
        return new HeldObjects(next, calls, tally.evicted(Math.max(0, after - before)));
    }
}
