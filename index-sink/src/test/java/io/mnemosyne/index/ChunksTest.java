package io.mnemosyne.index;

import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

class ChunksTest {
    private static final int MOST = 5;
    private static final long BYTES = 600;

    @Property(tries = 500)
    void shouldKeepTheChangesOfEachDocumentInTheirOrder(@ForAll("changes") List<Entry> entries) {
        List<Entry> sent = chunks(entries).stream().flatMap(List::stream).flatMap(entry -> entry.single().stream())
                .toList();
        assertThat(sent).containsExactlyInAnyOrderElementsOf(entries);
        assertThat(entries).allSatisfy(entry -> assertThat(concerning(entry, sent)).isEqualTo(concerning(entry,
                entries)));
    }

    @Property(tries = 500)
    void shouldSayTheSameWhereItJoinsChanges(@ForAll("changes") List<Entry> entries) {
        assertThat(chunks(entries).stream().flatMap(List::stream).filter(entry -> !entry.parts().isEmpty()))
                .allSatisfy(joined -> assertThat(joined.change()).isEqualTo(joined.parts().getLast().change()));
    }

    @Property(tries = 500)
    void shouldNameADocumentOnceAtMostInOneRequest(@ForAll("changes") List<Entry> entries) {
        assertThat(chunks(entries)).allSatisfy(
                chunk -> assertThat(chunk).extracting(ChunksTest::document).doesNotHaveDuplicates());
    }

    @Property(tries = 500)
    void shouldStayWithinTheBounds(@ForAll("changes") List<Entry> entries) {
        assertThat(chunks(entries)).allSatisfy(chunk -> {
            assertThat(chunk).isNotEmpty().hasSizeLessThanOrEqualTo(MOST);
            assertThat(chunk.size() == 1 || chunk.stream().mapToLong(Entry::weight).sum() <= BYTES).isTrue();
        });
    }

    @Property(tries = 500)
    void shouldSendAChangeByQueryAlone(@ForAll("changes") List<Entry> entries) {
        assertThat(chunks(entries)).filteredOn(chunk -> chunk.stream().anyMatch(ChunksTest::isByQuery))
                .allSatisfy(chunk -> assertThat(chunk).hasSize(1));
    }

    @Provide
    Arbitrary<List<Entry>> changes() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h", "i");
        Arbitrary<Change> merges = ids.flatMap(id -> Arbitraries.integers().between(0, 800)
                .map(length -> new Change.Merge(id, Map.of(Field.TEXT, "x".repeat(length)), true)));
        Arbitrary<Change> removals = ids.map(Change.Remove::new);
        Arbitrary<Change> queries = Arbitraries.of(new Change.RemoveThread(Samples.THREAD, 1),
                new Change.Retire(Samples.THREAD, 0, List.of("s"), "r"));
        return Arbitraries.frequencyOf(Tuple.of(6, merges), Tuple.of(2, removals),
                Tuple.of(1, queries)).map(Samples::of).list().ofMaxSize(30);
    }

    private static List<List<Entry>> chunks(List<Entry> entries) {
        return Chunks.of(entries, MOST, BYTES);
    }

    private static Object document(Entry entry) {
        return switch (entry.change()) {
            case Change.Merge merge -> merge.id();
            case Change.Remove remove -> remove.id();
            case Change query -> query;
        };
    }

    /** A query may concern every document. */
    private static List<Entry> concerning(Entry entry, List<Entry> among) {
        return among.stream().filter(other -> isByQuery(other) || document(other).equals(document(entry))).toList();
    }

    private static boolean isByQuery(Entry entry) {
        return entry.change() instanceof Change.ByQuery;
    }
}
