package io.mnemosyne.core.view.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.group.GroupedThread.Piece;

import static org.assertj.core.api.Assertions.assertThat;

/** Grouping, whatever order vectors come in. */
class GroupsPropertiesTest {
    private static final int MAX_PIECES = 2;
    private static final int MAX_SHORT = Groups.MAX_OBJECTS / MAX_PIECES;

    /** A turn of a life. */
    private record Said(Role role, boolean callsTool, List<Piece> pieces) {
    }

    /** A vector on its way; it comes when so many turns were read. */
    private record Arrival(String subject, String model, List<Float> values, double at) {
    }

    @Property(tries = 300)
    void everyObjectIsInOneGroupAndGroupsAreInOrder(@ForAll("longLives") List<Said> life, @ForAll Random chance) {
        GroupedThread thread = new GroupedThread();
        live(thread, life, chaos(life, chance), () -> {
            List<ViewEvent.Group> groups = thread.groups().groups();
            List<String> open = groups.stream().flatMap(group -> group.objects().stream()).toList();
            List<String> all = thread.appended();
            int closed = all.size() - open.size();
            assertThat(open).isEqualTo(all.subList(closed, all.size()));
            assertThat(open).hasSizeBetween(Math.min(all.size(), Groups.MAX_OBJECTS - Groups.MAX_GROUP + 1),
                    Groups.MAX_OBJECTS);
            assertThat(groups).allSatisfy(group -> assertThat(group.id()).isEqualTo(group.objects().getFirst()));
            assertThat(groups.stream().mapToInt(group -> group.objects().size())).allMatch(
                    size -> size <= Groups.MAX_GROUP);
            assertThat(thread.groups().waiting()).hasSizeLessThanOrEqualTo(Groups.MAX_WAITING);
        });
    }

    @Property(tries = 300)
    void whoReadsTheJournalKnowsTheGroups(@ForAll("longLives") List<Said> life, @ForAll Random chance) {
        // given
        GroupedThread thread = new GroupedThread();
        live(thread, life, chaos(life, chance), () -> {
        });
        thread.rest();
        // when each object is a group of its own until an entry says otherwise
        List<List<String>> read = new ArrayList<>();
        List<String> unread = new ArrayList<>(thread.appended());
        for (ViewEvent.Regrouped entry : thread.journal()) {
            List<String> told = entry.groups().stream().flatMap(group -> group.objects().stream()).toList();
            while (!read.isEmpty() && told.contains(read.getLast().getFirst())) {
                unread.addAll(0, read.removeLast());
            }
            while (!unread.getFirst().equals(told.getFirst())) {
                read.add(List.of(unread.removeFirst()));
            }
            entry.groups().forEach(group -> read.add(group.objects()));
            assertThat(unread.subList(0, told.size())).as("contiguous, in order").isEqualTo(told);
            unread.subList(0, told.size()).clear();
        }
        unread.forEach(id -> read.add(List.of(id)));
        // then
        assertThat(read.subList(read.size() - thread.units().size(), read.size())).isEqualTo(thread.units());
        assertThat(thread.journal()).extracting(ViewEvent.Regrouped::number)
                .isEqualTo(IntStream.rangeClosed(1, thread.journal().size()).mapToObj(Long::valueOf).toList());
    }

    @Property(tries = 300)
    void theSameVectorsInAnotherOrderEndInTheSameGroups(@ForAll("shortLives") List<Said> life,
            @ForAll @IntRange(max = 14) int lag, @ForAll Random chance) {
        // given vectors that come with their turns
        GroupedThread punctual = new GroupedThread();
        live(punctual, life, vectors(life), () -> {
        });
        // and the same ones ahead or late, out of order and some twice, among others that belong to no object
        GroupedThread disturbed = new GroupedThread();
        List<Arrival> late = new ArrayList<>();
        for (Arrival vector : vectors(life)) {
            late.add(new Arrival(vector.subject(), vector.model(), vector.values(), moved(vector, lag, chance)));
            if (chance.nextInt(4) == 0) {
                late.add(new Arrival(vector.subject(), vector.model(), vector.values(), moved(vector, lag, chance)));
            }
        }
        late.add(new Arrival("segment", "m", List.of(1f, 1f, 1f), chance.nextInt(MAX_SHORT)));
        live(disturbed, life, late, () -> {
        });
        // when
        punctual.rest();
        disturbed.rest();
        // then
        assertThat(disturbed.units()).isEqualTo(punctual.units());
        assertThat(disturbed.groups().topics(GroupedThread.RULES))
                .isEqualTo(punctual.groups().topics(GroupedThread.RULES));
    }

    @Property(tries = 300)
    void closingTheOldestGroupsChangesNothingOfTheOthers(@ForAll("shortLives") List<Said> life) {
        // given
        GroupedThread thread = new GroupedThread();
        live(thread, life, vectors(life), () -> {
        });
        thread.rest();
        List<Member> members = thread.groups().members();
        for (int i = 0; i < members.size(); i++) {
            if (!members.get(i).joined()) {
                // when
                var rest = Ties.of(members.subList(i, members.size()), GroupedThread.RULES);
                // then
                int from = i;
                assertThat(IntStream.range(i, members.size()).mapToObj(place -> rest.get(place - from)))
                        .isEqualTo(members.subList(i, members.size()).stream().map(Member::joined).toList());
            }
        }
    }

    private static double moved(Arrival vector, int lag, Random chance) {
        return vector.at() + lag + chance.nextDouble(-1.2, 1.2);
    }

    private static List<Arrival> vectors(List<Said> life) {
        List<Arrival> vectors = new ArrayList<>();
        int object = 0;
        for (int i = 0; i < life.size(); i++) {
            for (Piece piece : life.get(i).pieces()) {
                if (piece.admitted()) {
                    vectors.add(new Arrival("o" + object, "m", piece.direction(), i + 1));
                }
                object++;
            }
        }
        return vectors;
    }

    /** Lost, doubled, changed, by other models, of nothing, whenever they like. */
    private static List<Arrival> chaos(List<Said> life, Random chance) {
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival vector : vectors(life)) {
            for (int copies = chance.nextInt(4); copies > 0; copies--) {
                double at = vector.at() + chance.nextInt(4) * chance.nextDouble(-4, 8);
                arrivals.add(switch (chance.nextInt(8)) {
                    case 0 -> new Arrival(vector.subject(), "other", vector.values(), at);
                    case 1 -> new Arrival(vector.subject(), "m", List.of(1f, -1f), at);
                    case 2 -> new Arrival("o" + chance.nextInt(life.size() + 1), "m", vector.values(), at);
                    case 3 -> new Arrival("s" + chance.nextInt(life.size() + 1), "m", vector.values(), at);
                    default -> new Arrival(vector.subject(), "m", vector.values(), at);
                });
            }
        }
        return arrivals;
    }

    private static void live(GroupedThread thread, List<Said> life, List<Arrival> vectors, Runnable look) {
        List<Arrival> coming = new ArrayList<>(vectors);
        coming.sort(Comparator.comparingDouble(Arrival::at));
        for (int i = 0; i < life.size(); i++) {
            while (!coming.isEmpty() && coming.getFirst().at() <= i) {
                arrive(thread, coming.removeFirst());
                look.run();
            }
            Said said = life.get(i);
            thread.turn(said.role(), said.callsTool(), said.pieces());
            look.run();
        }
        coming.forEach(vector -> arrive(thread, vector));
    }

    private static void arrive(GroupedThread thread, Arrival vector) {
        thread.vector(vector.subject(), vector.model(), vector.values());
    }

    @Provide
    Arbitrary<List<Said>> longLives() {
        return turns().list().ofMaxSize(70);
    }

    @Provide
    Arbitrary<List<Said>> shortLives() {
        return turns().list().ofMaxSize(MAX_SHORT);
    }

    private static Arbitrary<Said> turns() {
        return Combinators.combine(Arbitraries.of(Role.TOOL, Role.TOOL, Role.ASSISTANT, Role.USER, Role.SYSTEM),
                Arbitraries.of(false, false, true), pieces().list().ofMinSize(0).ofMaxSize(MAX_PIECES)).as(Said::new);
    }

    private static Arbitrary<Piece> pieces() {
        Arbitrary<List<Float>> directions = Arbitraries.of(List.of(1f, 0f, 0f), List.of(0.9f, 0.4f, 0f),
                List.of(0.7f, 0.7f, 0f), List.of(0f, 0f, 1f));
        return Combinators.combine(Arbitraries.of(Type.TOOL_RESULT, Type.TOOL_RESULT, Type.CONVERSATION_PHASE),
                Arbitraries.of(true, true, true, false), Arbitraries.longs().between(1, 4_000), directions)
                .as(Piece::new);
    }
}
