package io.mnemosyne.core.ingest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnEvent.Reason;
import io.mnemosyne.core.TurnsRecord;

import static org.assertj.core.api.Assertions.assertThat;

class SequencerTest {

    @Property(tries = 500)
    void everyRawRecordYieldsOneRecordAndSeqsAreGaplessAndEventsCountOnce(@ForAll("events") List<RawEvent> events) {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        // when
        events.forEach(thread::live);
        // then
        assertThat(thread.turns).extracting(TurnsRecord::source).containsExactlyElementsOf(
                LongStream.range(0, events.size()).mapToObj(i -> new Position("turns.raw", 0, i)).toList());
        List<Turn> turns = thread.appended();
        assertThat(turns).extracting(Turn::seq).containsExactlyElementsOf(
                LongStream.range(0, turns.size()).boxed().toList());
        assertThat(turns).extracting(turn -> turn.body().eventId()).doesNotHaveDuplicates();
        assertThat(thread.head.nextSeq()).isEqualTo(turns.size());
        assertThat(thread.turns).extracting(RowKeys::of).doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void nothingIsLost(@ForAll("turns") RawTurn turn) {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        // when
        thread.live(new RawEvent.Received(turn));
        // then
        Turn appended = thread.appended().getFirst();
        assertThat(appended.parts().stream().map(part -> part.withContent(Content.of(thread.whole(part.content())))))
                .containsExactlyElementsOf(turn.parts());
        assertThat(appended.tokens()).isEqualTo(ThreadUnderTest.TOKENS.count(turn));
        assertThat(thread.blobs).allSatisfy((sha256, blob) -> assertThat(Sha256.hex(blob.text())).isEqualTo(sha256));
        assertThat(appended.parts().stream().mapToLong(part -> Sha256.utf8Length(part.content().shown())).sum())
                .isLessThanOrEqualTo(ClaimCheck.MAX_TURN_BYTES);
    }

    @Test
    void shouldStartAgainWithANewIncarnationWhenTheThreadIsDeleted() {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        thread.receive("e1", Role.USER, new Part.Text(Content.of("hello")));
        // when
        thread.delete("d1");
        thread.receive("e1", Role.USER, new Part.Text(Content.of("hello")));
        thread.delete("d1");
        // then the same event counts again and the repeated command does not
        assertThat(thread.turns).extracting(TurnsRecord::incarnation).containsExactly(0L, 1L, 1L, 1L);
        assertThat(thread.appended()).extracting(Turn::seq).containsExactly(0L);
        assertThat(thread.turns.getLast().event()).isEqualTo(new TurnEvent.Skipped("d1", Reason.DUPLICATE));
        assertThat(thread.objects).extracting(object -> object.object().admission().admitted()).containsOnly(true);
    }

    @Test
    void shouldKeepExcerptAndBlobOfALargePart() {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        String large = "head " + "x".repeat(100_000) + " tail";
        // when
        thread.receive("e1", Role.TOOL, new Part.ToolResult("", "bash", Content.of(large), false));
        // then
        assertThat(thread.appended().getFirst().parts().getFirst().content()).isInstanceOfSatisfying(
                Content.Reference.class, reference -> {
                    assertThat(reference.bytes()).isEqualTo(100_010);
                    assertThat(reference.excerpt()).startsWith("head x").endsWith("x tail")
                            .hasSizeLessThanOrEqualTo(ClaimCheck.EXCERPT_BYTES);
                    assertThat(thread.objects.getFirst().content()).isEqualTo(reference);
                });
        assertThat(thread.objects.getFirst().object().bytes()).isEqualTo(100_010);
    }

    @Test
    void shouldRejectWithAReasonThatDoesNotQuoteTheEvent() {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        // when
        thread.receive("", Role.USER, new Part.Text(Content.of("private")),
                new Part.Text(new Content.Reference("ab", 1, "private")), new Part.Text(Content.of("private \ud800")));
        // then
        assertThat(thread.turns.getFirst().event()).isEqualTo(new TurnEvent.Skipped("", Reason.REJECTED));
        assertThat(thread.rejections.getFirst()).contains("eventId is empty", "part 1 holds a reference",
                "part 2 has half of a surrogate pair").doesNotContain("private");
    }

    @Test
    void shouldKeepTheReasonShortWhenThousandsOfPartsAreWrong() {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        Part wrong = new Part.Text(new Content.Reference("ab", 1, "x"));
        // when
        thread.receive("e1", Role.USER, Collections.nCopies(250_000, wrong).toArray(Part[]::new));
        // then
        assertThat(thread.rejections.getFirst()).contains("the turn has 250,000 parts", "part 5 holds a reference")
                .endsWith("and 249,981 more problems").hasSizeLessThan(2_000);
    }

    @Test
    void shouldTakeATurnWithoutAnyText() {
        // given
        ThreadUnderTest thread = new ThreadUnderTest();
        // when
        thread.receive("e1", Role.ASSISTANT);
        thread.receive("e2", Role.ASSISTANT, new Part.Text(Content.of("")));
        // then
        assertThat(thread.appended()).extracting(Turn::seq).containsExactly(0L, 1L);
        assertThat(thread.objects).isEmpty();
    }

    @Test
    void shouldSayHowLargeATurnMayBe() {
        // given
        String huge = "x".repeat((int) TurnValidator.MAX_EVENT_BYTES + 1);
        // when
        List<String> problems = TurnValidator
                .problems(new RawTurn("e1", Role.USER, List.of(new Part.Text(Content.of(huge))), Origin.UNKNOWN));
        // then
        assertThat(problems).singleElement().asString().contains("15,728,640 are taken", "split it");
    }

    @Provide
    Arbitrary<List<RawEvent>> events() {
        Arbitrary<RawEvent> turns = Arbitraries.integers().between(0, 12).map(id -> new RawEvent.Received(
                new RawTurn(id == 0 ? "" : "e" + id, Role.USER, List.of(new Part.Text(Content.of("text " + id))),
                        Origin.UNKNOWN)));
        Arbitrary<RawEvent> commands = Combinators
                .combine(Arbitraries.integers().between(0, 3), Arbitraries.of(Command.Kind.class))
                .as((id, kind) -> new RawEvent.Instructed(
                        new Command("c" + id + kind, kind, Optional.empty(), Map.of("seq", "1"))));
        Arbitrary<RawEvent> others = Arbitraries.of(new RawEvent.Unreadable("no Avro"), new RawEvent.Misplaced());
        return Arbitraries.frequencyOf(Tuple.of(6, turns), Tuple.of(1, commands),
                Tuple.of(1, others)).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<RawTurn> turns() {
        Arbitrary<Content> contents = Combinators
                .combine(Arbitraries.of("a", "é", "😀", "line\n"), Arbitraries.integers().between(0, 90_000))
                .as((piece, times) -> Content.of(piece.repeat(times / piece.length())));
        Arbitrary<Part> parts = Combinators.combine(contents, Arbitraries.integers().between(0, 4))
                .as(SequencerTest::part);
        return parts.list().ofMaxSize(12).map(list -> new RawTurn("e", Role.ASSISTANT, list, Origin.UNKNOWN));
    }

    private static Part part(Content content, int kind) {
        return switch (kind) {
            case 0 -> new Part.Text(content);
            case 1 -> new Part.Thinking(content);
            case 2 -> new Part.ToolCall("c", "bash", content);
            case 3 -> new Part.ToolResult("c", "bash", content, false);
            default -> new Part.Image("image/png", content);
        };
    }
}
