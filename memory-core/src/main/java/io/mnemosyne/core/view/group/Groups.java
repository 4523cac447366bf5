package io.mnemosyne.core.view.group;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.view.ViewEvent;

/**
 * The newest objects of a thread and which of them are one unit. Objects are put together if they have one type and either
 * go on with one another (what is said without a tool call or a new turn of the user between) or have vectors that are
 * alike; a group that is too large is cut where a new topic begins. Vectors may come whenever they come, or never: an object
 * is alone as long as nothing is known of it.
 *
 * <p>
 * An object that no entry of the journal names is a group of its own. Older groups than the newest
 * {@value #MAX_OBJECTS} objects' are closed: what the journal said of them last stays.
 *
 * @param members the newest objects, oldest first
 * @param waiting vectors that something is still to be compared with, as they came
 * @param goingOn whether what is said next goes on with the newest object
 * @param regroupedAt the seq that was next at the newest regrouping
 * @param number of the newest regrouping that changed something, from 1; 0 for none
 */
public record Groups(List<Member> members, List<Waiting> waiting, boolean goingOn, long regroupedAt, long number) {
    /** A thread without objects. */
    public static final Groups NONE = new Groups(List.of(), List.of(), false, 0, 0);
    /** The state is written with every record, so it is bounded. */
    static final int MAX_OBJECTS = 32;
    static final int MAX_GROUP = MAX_OBJECTS / 2;
    static final int MAX_WAITING = 8;

    public Groups {
        members = List.copyOf(members);
        waiting = List.copyOf(waiting);
    }

    /** With the objects of the next turn, each a group of its own until the next regrouping. */
    public Groups append(Turn turn) {
        Groups next = new Groups(members, waiting, goingOn && !turn.isByUser() && turn.role() != Role.SYSTEM,
                regroupedAt, number);
        for (SemanticObject object : turn.objects()) {
            next = next.append(object, turn);
        }
        boolean calls = turn.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
        return new Groups(next.members, next.waiting, next.goingOn && !calls, regroupedAt, number);
    }

    private Groups append(SemanticObject object, Turn turn) {
        if (members.stream().anyMatch(member -> member.id().equals(object.id()))) {
            return this;
        }
        boolean said = isSaid(object, turn);
        boolean goesOn = said && goingOn && !members.isEmpty() && members.getLast().type() == object.type();
        boolean alike = members.reversed().stream().filter(Member::embedded).findFirst()
                .filter(before -> before.type() == object.type()).isPresent();
        List<Member> more = new ArrayList<>(members);
        more.add(Member.of(object, turn.seq(), goesOn, alike));
        return new Groups(newest(more), waiting, said, regroupedAt, number).compared();
    }

    /** The result of a tool has bounds of its own. */
    private static boolean isSaid(SemanticObject object, Turn turn) {
        int part = object.part();
        boolean whole = part < 0 || part >= turn.parts().size();
        return whole ? turn.role() != Role.TOOL : turn.parts().get(part) instanceof Part.Text;
    }

    private static List<Member> newest(List<Member> all) {
        int from = 0;
        while (all.size() - from > MAX_OBJECTS) {
            from++;
            while (all.get(from).joined()) {
                from++;
            }
        }
        return all.subList(from, all.size());
    }

    /** With a vector, of whatever it is: what is no admitted object of the thread changes nothing. */
    public Groups embedded(EmbeddingVector embedding) {
        return Quantised.of(embedding.model(), embedding.values())
                .map(vector -> new Waiting(embedding.subject(), regroupedAt, vector)).map(this::and).orElse(this);
    }

    private Groups and(Waiting arrived) {
        List<Waiting> more = Stream.concat(waiting.stream().filter(older -> !older.subject().equals(arrived.subject())),
                Stream.of(arrived)).toList();
        return new Groups(members, more, goingOn, regroupedAt, number).compared();
    }

    /** Compares neighbours that have not been compared, and drops the vectors that nothing waits for. */
    private Groups compared() {
        Map<String, Quantised> vectors = new HashMap<>();
        waiting.forEach(each -> vectors.put(each.subject(), each.vector()));
        List<Member> next = new ArrayList<>(members);
        int before = -1;
        for (int i = 0; i < next.size(); i++) {
            Member member = next.get(i);
            if (!member.embedded()) {
                vectors.remove(member.id());
                continue;
            }
            if (before >= 0 && member.similarity().isEmpty()) {
                next.set(i, member.with(cosine(vectors, next.get(before), member)));
            }
            if (before >= 0 && next.get(i).similarity().isPresent()) {
                dropIfCompared(vectors, next, before);
            }
            before = i;
        }
        List<Waiting> still = waiting.stream().filter(each -> vectors.containsKey(each.subject())).toList();
        return new Groups(next, still.subList(Math.max(0, still.size() - MAX_WAITING), still.size()), goingOn,
                regroupedAt, number);
    }

    private static OptionalDouble cosine(Map<String, Quantised> vectors, Member before, Member member) {
        Quantised one = vectors.get(before.id());
        Quantised two = vectors.get(member.id());
        return one == null || two == null ? OptionalDouble.empty() : one.cosine(two);
    }

    /** The object behind this one is compared with it; is the one in front as well? */
    private static void dropIfCompared(Map<String, Quantised> vectors, List<Member> members, int place) {
        boolean first = members.subList(0, place).stream().noneMatch(Member::embedded);
        if (first || members.get(place).similarity().isPresent()) {
            vectors.remove(members.get(place).id());
        }
    }

    /**
     * Regroups if enough turns have come since the last time.
     *
     * @param nextSeq the seq of the turn that has not come yet
     * @return with an entry for the journal if a group has changed
     */
    public Decision<Groups, ViewEvent.Regrouped> regroupIfDue(long nextSeq, GroupRules rules) {
        if (nextSeq - regroupedAt < rules.everyTurns()) {
            return Decision.unchanged(this);
        }
        BitSet tied = Ties.of(members, rules);
        int changed = 0;
        while (changed < members.size() && members.get(changed).joined() == tied.get(changed)) {
            changed++;
        }
        boolean same = changed == members.size();
        List<Member> next = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            next.add(members.get(i).joined(tied.get(i)));
        }
        Groups regrouped = new Groups(next, withoutStale(), goingOn, nextSeq, same ? number : number + 1);
        return same
                ? Decision.unchanged(regrouped)
                : Decision.of(regrouped, List.of(new ViewEvent.Regrouped(regrouped.number, nextSeq - 1,
                        groups(next.subList(tied.previousClearBit(changed - 1), next.size())))));
    }

    /** Without vectors whose objects did not come from one regrouping to the next, such as those of segments. */
    private List<Waiting> withoutStale() {
        return waiting.stream().filter(each -> each.since() == regroupedAt
                || members.stream().anyMatch(member -> member.id().equals(each.subject()))).toList();
    }

    /** The groups as the journal has them, oldest first; together they hold every object that is not closed yet. */
    public List<ViewEvent.Group> groups() {
        return groups(members);
    }

    private static List<ViewEvent.Group> groups(List<Member> members) {
        List<ViewEvent.Group> groups = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= members.size(); i++) {
            if (i == members.size() || !members.get(i).joined()) {
                groups.add(group(members.subList(start, i)));
                start = i;
            }
        }
        return groups;
    }

    private static ViewEvent.Group group(List<Member> members) {
        Member first = members.getFirst();
        return new ViewEvent.Group(first.id(), first.type(), new SeqRange(first.seq(), members.getLast().seq()),
                members.stream().map(Member::id).toList(), members.stream().mapToLong(Member::tokens).sum());
    }

    /** Ids of the objects with which a new topic begins, oldest first. */
    public List<String> topics(GroupRules rules) {
        return members.stream().filter(member -> member.beginsTopic(rules)).map(Member::id).toList();
    }
}
