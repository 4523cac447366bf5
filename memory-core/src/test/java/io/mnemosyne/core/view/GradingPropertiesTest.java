package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.fidelity.Pressure;
import io.mnemosyne.core.view.Grading.Candidate;
import io.mnemosyne.core.view.ViewEvent.Cause;

import static org.assertj.core.api.Assertions.assertThat;

/** What may be shown shorter, of any objects in any state. */
class GradingPropertiesTest {
    private static final long CALLS = 30;

    @Property(tries = 1_000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void whatIsPinnedFailedNewOrNeededIsNeverShownShorter(@ForAll("objects") List<HeldObject> objects,
            @ForAll Pressure pressure, @ForAll @IntRange(min = -1, max = 2) int watermark) {
        // when
        Map<String, Candidate> candidates = candidates(objects, watermark, pressure);
        // then
        Set<String> needed = new HashSet<>();
        for (HeldObject object : objects.reversed()) {
            HeldObject.State state = object.state();
            boolean stays = state.kept() || state.error()
                    || state.pinned() && object.idle(CALLS) <= GradedThread.RULES.pinnedCalls()
                    || object.seq() <= watermark || object.seq() == objects.size() - 1
                    || needed.contains(object.id()) && !state.stale();
            if (stays) {
                assertThat(candidates).as("what stays of %s", objects).doesNotContainKey(object.id());
            }
            if (!candidates.containsKey(object.id()) && object.shown() == Fidelity.FULL && object.seq() > watermark) {
                needed.addAll(object.needs());
            }
        }
        Statistics.label("needed").collect(!needed.isEmpty()).coverage(checker -> checker.check(true)
                .percentage(share -> share > 20));
        Statistics.label("shorter").collect(!candidates.isEmpty()).coverage(checker -> checker.check(true)
                .percentage(share -> share > 40));
    }

    @Property(tries = 1_000)
    void theHigherThePressureTheLessIsShown(@ForAll("objects") List<HeldObject> objects,
            @ForAll @IntRange(min = 0, max = 3) int zone) {
        // when
        Map<String, Candidate> low = candidates(objects, -1, Pressure.values()[zone]);
        Map<String, Candidate> high = candidates(objects, -1, Pressure.values()[zone + 1]);
        // then
        low.forEach((id, candidate) -> {
            assertThat(high).containsKey(id);
            assertThat(high.get(id).to()).isGreaterThanOrEqualTo(candidate.to());
        });
    }

    @Property(tries = 500)
    void whatIsShownShorterIsWorthIt(@ForAll("objects") List<HeldObject> objects, @ForAll Pressure pressure) {
        assertThat(candidates(objects, -1, pressure).values()).allSatisfy(candidate -> {
            assertThat(candidate.to().isBelow(candidate.object().shown())).isTrue();
            assertThat(candidate.saved()).isGreaterThanOrEqualTo(40);
            assertThat(candidate.overdue()).isNotNegative();
        });
    }

    @Property(tries = 500)
    void atMostThreeComeAlongWithWhatIsNeededAgainOverTwoHops(@ForAll("objects") List<HeldObject> objects) {
        // given one that was named when it was a stub
        List<HeldObject> stubs = objects.stream().map(object -> object.shownAt(Fidelity.STUB, 1)).toList();
        HeldObject named = stubs.getFirst().with(stubs.getFirst().state().fault());
        List<HeldObject> all = new ArrayList<>(stubs);
        all.set(0, named);
        // when
        Map<String, Cause> raised = grading(all, -1, Pressure.NORMAL, 3).raised();
        // then
        Set<String> near = near(all, named, 2);
        if (!named.state().stale()) {
            assertThat(raised).containsEntry(named.id(), Cause.FAULT);
            long along = all.stream().filter(object -> near.contains(object.id()) && !object.state().stale()).count();
            assertThat(raised).hasSize((int) Math.min(4, along + 1));
        }
        assertThat(near).containsAll(
                raised.keySet().stream().filter(id -> !id.equals(named.id())).toList());
        assertThat(grading(all, -1, Pressure.NORMAL, 0).raised().values()).doesNotContain(Cause.RELATED);
    }

    /** Ids of what relations, files and names lead to, in either direction. */
    private static Set<String> near(List<HeldObject> objects, HeldObject start, int hops) {
        Set<String> reached = new HashSet<>(Set.of(start.id()));
        for (int i = 0; i < hops; i++) {
            Set<String> next = new HashSet<>(reached);
            for (HeldObject object : objects) {
                if (objects.stream().filter(known -> reached.contains(known.id()))
                        .anyMatch(known -> known.marks().share(object.marks()))) {
                    next.add(object.id());
                }
                for (String other : object.needs()) {
                    if (reached.contains(object.id())) {
                        next.add(other);
                    } else if (reached.contains(other)) {
                        next.add(object.id());
                    }
                }
            }
            reached.addAll(next);
        }
        reached.remove(start.id());
        return reached;
    }

    private static Map<String, Candidate> candidates(List<HeldObject> objects, long watermark, Pressure pressure) {
        Map<String, Candidate> byId = new HashMap<>();
        grading(objects, watermark, pressure, 3).candidates()
                .forEach(candidate -> byId.put(candidate.object().id(), candidate));
        return byId;
    }

    private static Grading grading(List<HeldObject> objects, long watermark, Pressure pressure, int related) {
        return new Grading(new HeldObjects(objects, CALLS, HeldObjects.NONE.tally()), watermark, objects.size(),
                pressure, GradedThread.POLICY.with(GradedThread.RULES.withRelated(related)));
    }

    /** One in each turn. */
    @Provide
    Arbitrary<List<HeldObject>> objects() {
        Arbitrary<Kind> kinds = Combinators
                .combine(Arbitraries.of(Type.class), Arbitraries.of(true, false, false, false, false),
                        Arbitraries.integers().between(0, 31), Arbitraries.of(0, 0, 0, 1, 2, 3, 4),
                        Arbitraries.integers().between(1, 3).list().ofMaxSize(2), Arbitraries.integers().between(0, 30),
                        Arbitraries.of(60, 100, 400, 3_000))
                .as(Kind::new);
        return kinds.list().ofMinSize(3).ofMaxSize(12).map(list -> {
            List<HeldObject> objects = new ArrayList<>();
            list.forEach(kind -> objects.add(kind.held(objects)));
            return objects;
        });
    }

    /** What an object is like. */
    private record Kind(Type type, boolean error, int state, int level, List<Integer> needs, int usedAt, int tokens) {
        HeldObject held(List<HeldObject> earlier) {
            int seq = earlier.size();
            List<Relation> relations = needs.stream().filter(back -> back <= seq).distinct()
                    .map(back -> new Relation(Relation.Kind.DEPENDS_ON, earlier.get(seq - back).id())).toList();
            SemanticObject object = new SemanticObject("object-" + seq, type, SeqRange.of(seq), 0, "stub",
                    Sha256.hex("text " + seq), tokens, tokens, "bash", Optional.empty(), error, Optional.empty(),
                    new SemanticObject.Admission(true, 1, "test"), relations, List.of(), Optional.empty());
            HeldObject fresh = HeldObject.of(object, tokens + 10, "text " + seq,
                    new Forms(form(tokens / 2), form(tokens / 6), form(Math.min(20, tokens / 6)), form(5)), usedAt,
                    (state & 3) == 1);
            HeldObject shown = fresh.shownAt(Fidelity.of(level), usedAt);
            HeldObject stale = (state & 12) == 4 ? shown.with(shown.state().superseded()) : shown;
            return state >= 28 ? stale.with(stale.state().keep()) : stale;
        }

        private static Form form(long tokens) {
            return new Form("", List.of(), tokens);
        }
    }
}
