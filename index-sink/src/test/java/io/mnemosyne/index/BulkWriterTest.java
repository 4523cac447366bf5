package io.mnemosyne.index;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.EmbeddingVector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BulkWriterTest {
    private final FakeOpenSearch server = new FakeOpenSearch();
    private final Tally tally = new Tally();
    private final List<Integer> pauses = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    @AfterEach
    void stop() {
        connections.forEach(Connection::close);
        server.close();
        assertThat(server.complaints).isEmpty();
    }

    @Test
    void shouldWriteTheRestWhenOneDocumentIsRefused() {
        // given
        server.failItem("b", 400);
        // when
        var givenUp = write(Samples.put("a", "one"), Samples.put("b", "two"), Samples.put("c", "three"));
        // then
        assertThat(server.documents).containsOnlyKeys("a", "c");
        assertThat(givenUp).singleElement().satisfies(item -> {
            assertThat(item.entry().change()).isEqualTo(Samples.put("b", "two").change());
            assertThat(item.status()).isEqualTo(400);
        });
    }

    @Test
    void shouldSendAllChangesOfOneDocumentAtOnce() {
        // when
        write(field("w", "text0", "one"), field("w", "text1", "two"), field("v", "text0", "two"));
        // then
        assertThat(server.bulks).containsExactly(List.of("w", "v"));
        assertThat(server.documents.get("w")).hasToString("{\"text0\":\"one\",\"text1\":\"two\"}");
        assertThat(tally.stats().indexed()).isEqualTo(3);
    }

    @Test
    void shouldGiveUpOnlyTheChangeAtFaultOfThoseSentAtOnce() {
        // given
        server.failItem("w", 400, 400);
        // when
        var givenUp = write(field("w", "text0", "one"), field("w", "text1", "two"));
        // then
        assertThat(givenUp).singleElement()
                .satisfies(item -> assertThat(item.entry().change()).isEqualTo(field("w", "text0", "one").change()));
        assertThat(server.documents.get("w")).hasToString("{\"text1\":\"two\"}");
    }

    @Test
    void shouldNotMakeADocumentOutOfAMarkThatCameBeforeIt() {
        // when
        write(Samples.of(new Change.Merge("w", Map.of(Field.SUPERSEDED_BY, "x"), false)), field("w", "text0", "one"));
        // then
        assertThat(server.documents.get("w")).hasToString("{\"text0\":\"one\"}");
    }

    @Test
    void shouldNotRepeatWhatTheIndexSaysAboutADocument() {
        server.failItem("a", 400);
        assertThat(write(Samples.put("a", "the secret text"))).singleElement()
                .satisfies(item -> assertThat(item.reason()).isEqualTo("mapper_parsing_exception"));
    }

    @Test
    void shouldSendOnlyThoseDocumentsAgainForWhichTheIndexWasTooBusy() {
        // given
        server.failItem("b", 429, 503);
        // when
        var givenUp = write(Samples.put("a", "one"), Samples.put("b", "two"));
        // then
        assertThat(givenUp).isEmpty();
        assertThat(server.bulks).containsExactly(List.of("a", "b"), List.of("b"), List.of("b"));
        assertThat(server.documents).containsOnlyKeys("a", "b");
        assertThat(pauses).containsExactly(1, 2);
    }

    @Test
    void shouldSendEverythingAgainWhenTheWholeRequestWasTurnedAway() {
        server.failBulk(429, 503, 500);
        assertThat(write(Samples.put("a", "one"))).isEmpty();
        assertThat(server.documents).containsOnlyKeys("a");
        assertThat(pauses).containsExactly(1, 2, 3);
    }

    @Test
    void shouldGiveUpADocumentThatMakesTheIndexFailAgainAndAgain() {
        // given
        server.failItem("a", 500, 500, 500, 500, 500, 500, 500, 500, 500, 500);
        // when
        var givenUp = write(Samples.put("a", "one"), Samples.put("b", "two"));
        // then
        assertThat(givenUp).singleElement().satisfies(item -> assertThat(item.status()).isEqualTo(500));
        assertThat(pauses).hasSize(Verdict.MAX_FAILURES - 1);
        assertThat(server.documents).containsOnlyKeys("b");
    }

    @Test
    void shouldWaitForAnIndexThatIsDown() {
        // given a port on which nobody listens until the third attempt
        int port = server.url().getPort();
        server.close();
        List<FakeOpenSearch> revived = new ArrayList<>();
        Patience patience = attempts -> {
            pauses.add(attempts);
            if (attempts == 3) {
                revived.add(new FakeOpenSearch(port));
            }
        };
        // when
        var givenUp = writer(server.url()).write(List.of(Samples.put("a", "one")), patience);
        // then
        assertThat(givenUp).isEmpty();
        assertThat(pauses).contains(1, 2, 3);
        assertThat(revived.getFirst().documents).containsOnlyKeys("a");
        assertThat(tally.stats().reachable()).isTrue();
        revived.forEach(FakeOpenSearch::close);
    }

    @Test
    void shouldSayThatTheIndexIsDownAndEndWithPatience() {
        server.close();
        assertThatThrownBy(() -> writer(server.url()).write(List.of(Samples.put("a", "one")), _ -> {
            throw new StoppedException();
        })).isInstanceOf(StoppedException.class);
        assertThat(tally.stats().reachable()).isFalse();
    }

    @Test
    void shouldHalveARequestThatIsTooLarge() {
        // given room for the requests of the small documents, but not for the large one
        server.refuseBulksOver(2_000);
        // when
        var givenUp = write(Samples.put("a", "one"), Samples.put("b", "x".repeat(3_000)), Samples.put("c", "three"));
        // then
        assertThat(server.documents).containsOnlyKeys("a", "c");
        assertThat(givenUp).singleElement().satisfies(item -> assertThat(item.status()).isEqualTo(413));
    }

    @Test
    void shouldKeepTheVectorWhenATextComesAgain() {
        // given
        var vector = new EmbeddingVector(Samples.THREAD, 0, "a", "model", "hash", List.of(0.5f, 0.25f));
        write(Samples.put("a", "one"), Samples.of(Changes.of("a", vector).getFirst()));
        // when
        write(Samples.put("a", "one"));
        // then
        assertThat(server.documents.get("a").path(Field.VECTOR)).hasSize(2);
        assertThat(server.documents.get("a").path(Field.TEXT).asText()).isEqualTo("one");
    }

    @Test
    void shouldNotLetARetryOvertakeWhatCameLater() {
        // given a document whose first write has to be repeated
        server.failItem("a", 429);
        // when it is removed right after that write
        write(Samples.put("a", "one"), Samples.of(new Change.Remove("a")));
        // then
        assertThat(server.documents).isEmpty();
    }

    @Test
    void shouldTakeItAsDoneWhenThereIsNothingToRemoveOrMark() {
        var mark = new Change.Merge("gone", Map.of(Field.SUPERSEDED_BY, "x"), false);
        assertThat(write(Samples.of(new Change.Remove("gone")), Samples.of(mark))).isEmpty();
        assertThat(server.documents).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldMakeTheIndexAgainWhenItIsLost() {
        // given
        BulkWriter writer = writer(server.url());
        writer.write(List.of(Samples.put("a", "one")), pauses::add);
        server.loseIndex();
        // when
        writer.write(List.of(Samples.put("b", "two")), pauses::add);
        // then
        assertThat(server.documents).containsOnlyKeys("b");
    }

    @Test
    void shouldTakeOverAnIndexThatHasLostItsAlias() {
        server.restoreIndexWithoutAlias();
        assertThat(write(Samples.put("a", "one"))).isEmpty();
        assertThat(server.documents).containsOnlyKeys("a");
    }

    @Test
    void shouldRemoveEarlierIncarnationsOfADeletedThreadOnly() {
        // given
        var other = Samples.of(new Change.Merge("other", Map.of(Field.TENANT, "acme", Field.THREAD, "session-2",
                Field.INCARNATION, 0), true));
        var reborn = Samples.of(new Change.Merge("reborn", Map.of(Field.TENANT, "acme", Field.THREAD, "session-1",
                Field.INCARNATION, 1), true));
        // when
        write(Samples.put("a", "one"), other, reborn, Samples.of(new Change.RemoveThread(Samples.THREAD, 1)));
        // then
        assertThat(server.documents).containsOnlyKeys("other", "reborn");
    }

    @Test
    void shouldRemoveADeletedThreadOfAnySize() {
        // given more documents than are looked up at once
        IntStream.range(0, Index.PAGE + 1).forEach(i -> server.documents.put("d" + i, new ObjectMapper()
                .valueToTree(Map.of(Field.TENANT, "acme", Field.THREAD, "session-1", Field.INCARNATION, 0))));
        // when
        write(Samples.of(new Change.RemoveThread(Samples.THREAD, 1)));
        // then
        assertThat(server.documents).isEmpty();
    }

    @Test
    void shouldMarkReplacedSegmentsAsRetired() {
        // given two observations
        write(Samples.of(Changes.of("k1", Samples.AT, Samples.observed("s1", 0, 4)).getFirst()),
                Samples.of(Changes.of("k2", Samples.AT, Samples.observed("s2", 5, 9)).getFirst()));
        // when one of them is reflected upon
        write(Changes.of("k3", Samples.AT, Samples.reflected("r1", 0, 4, "s1")).stream().map(Samples::of)
                .toArray(Entry[]::new));
        // then
        assertThat(server.documents.get("k1").path(Field.RETIRED_BY).asText()).isEqualTo("r1");
        assertThat(server.documents.get("k2").has(Field.RETIRED_BY)).isFalse();
        assertThat(server.documents.get("k3").path(Field.KIND).asText()).isEqualTo("reflection");
    }

    private static Entry field(String id, String name, String value) {
        return Samples.of(new Change.Merge(id, Map.of(name, value), true));
    }

    private List<BulkWriter.GivenUp> write(Entry... entries) {
        return writer(server.url()).write(List.of(entries), attempts -> {
            pauses.add(attempts);
            assertThat(attempts).as("attempts in vain").isLessThan(20);
        });
    }

    private BulkWriter writer(URI url) {
        IndexSettings settings = IndexSettings.at(url).withPrefix("notes");
        Connection connection = Connection.open(settings);
        connections.add(connection);
        Requests requests = new Requests(connection.client());
        Indices indices = new Indices(requests, new Template("notes", 1000, "lengths", 2));
        return new BulkWriter(new OpenSearchIndex(requests, "notes-v2-write", indices::prepare), settings, tally,
                InstantSource.system());
    }
}
