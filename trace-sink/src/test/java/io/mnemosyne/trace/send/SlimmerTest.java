package io.mnemosyne.trace.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlimmerTest {
    private static final int FIELD = 4 * 1024;
    private static final List<String> ALPHABET = List.of("a", "\n", "\"", "\\", "\u00e4", "\u20ac", "\ud83d\ude00",
            "\u0000", "}");
    private static final String PNG = Base64.getEncoder()
            .encodeToString("\u0089PNG and more bytes that make up an image".getBytes(StandardCharsets.UTF_8));

    @Property(tries = 60)
    void everyFieldIsPutTogetherAgainToTheByte(@ForAll long seed, @ForAll @IntRange(max = 20_000) int length,
            @ForAll boolean media, @ForAll @IntRange(max = 3) int harder) {
        // given a span with texts of all sizes and of characters of one to four bytes
        Random random = new Random(seed);
        SpanFacts facts = new SpanFacts(Optional.of(text(random, length)), Optional.of(text(random, length / 2)),
                Optional.empty(), Map.of(), Map.of(), Optional.empty(), Optional.empty(), List.of(),
                Map.of("note", text(random, length / 3)), Map.of("other", text(random, length)), List.of());
        PlacedSpan whole = SampleSpans.placed("t", SpanType.TOOL, facts);
        Cut cut = new Cut(FIELD >> harder, FIELD >> harder, harder == 0, media);
        // when
        Slimmed slimmed = Slimmer.slim(whole, cut);
        // then nothing in it is larger than it may be, but for what it says of the rest
        Map<String, String> before = texts(whole);
        Map<String, String> after = texts(slimmed.span());
        PayloadReader reader = new PayloadReader(new Kept(slimmed));
        before.forEach((field, text) -> assertThat(reader.read(after.get(field))).isEqualTo(text));
        slimmed.parts().forEach(part -> assertThat(part.span().facts().input().orElseThrow()
                .getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(cut.partBytes()));
        assertThat(media ? slimmed.parts() : slimmed.uploads()).isEmpty();
        assertThat(Slimmer.slim(whole, cut)).isEqualTo(slimmed);
    }

    @Test
    void shouldShowTheBeginningAndTheEndOfALargeFieldAndSayWhereTheRestIs() {
        // given
        PlacedSpan whole = SampleSpans.tool("t", "begin " + "x".repeat(10_000) + " end");
        // when
        Slimmed slimmed = Slimmer.slim(whole, new Cut(FIELD, FIELD, true, true));
        // then
        String input = slimmed.span().span().facts().input().orElseThrow();
        String id = slimmed.uploads().getFirst().mediaId();
        assertThat(input).contains("begin xxx", "xxx end", "\"bytes\":10010",
                "@@@langfuseMedia:type=text/plain|id=" + id + "|source=");
        assertThat(slimmed.span().span().facts().metadata()).containsEntry("payload.input.bytes", "10010")
                .containsEntry("payload.input.mediaId", id).containsKey("payload.input.sha256");
    }

    @Test
    void shouldSendPartsAsEventsUnderTheSpanWithTheirPlaceInTheWhole() {
        // given
        PlacedSpan whole = SampleSpans.placed("t", SpanType.TOOL, SampleSpans.facts("\u20ac".repeat(3_000))
                .withAttributes(Map.of("langfuse.trace.name", "\"nightly run\"")));
        // when
        Slimmed slimmed = Slimmer.slim(whole, new Cut(FIELD, FIELD, true, false));
        // then each ends before the code point that has no room
        assertThat(slimmed.parts()).hasSize(3).allSatisfy(part -> {
            assertThat(part.parent()).contains(whole.span().id());
            assertThat(part.trace()).isEqualTo(whole.trace());
            assertThat(part.span().type()).isEqualTo(SpanType.EVENT);
            assertThat(part.span().facts().session()).contains("session-7");
            assertThat(part.span().facts().attributes()).containsEntry("langfuse.trace.name", "\"nightly run\"");
        });
        assertThat(slimmed.parts().get(1).span().name()).isEqualTo("input part 2/3");
        assertThat(slimmed.parts().get(1).span().facts().metadata()).containsEntry("payload.offset", "4095")
                .containsEntry("payload.bytes", "4095").containsEntry("payload.part", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"look: data:image/png;base64,%s and go on", "[{\"url\":\"data:image/png;base64,%s\"}]",
            "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"%s\"}}",
            "[{\"content\":\"%s\",\"type\":\"blob\",\"mime_type\":\"image/png\"},{\"content\":\"text\"}]"})
    void shouldSendImagesAsMediaOfTheirType(String form) {
        // given
        PlacedSpan whole = SampleSpans.tool("t", form.formatted(PNG));
        // when
        Slimmed slimmed = Slimmer.slim(whole, new Cut(FIELD, FIELD, true, true));
        // then
        assertThat(slimmed.uploads()).singleElement()
                .satisfies(upload -> assertThat(upload.contentType()).isEqualTo("image/png"));
        String input = slimmed.span().span().facts().input().orElseThrow();
        assertThat(input).doesNotContain(PNG).contains("@@@langfuseMedia:type=image/png|id=");
        assertThat(new PayloadReader(new Kept(slimmed)).read(input)).isEqualTo(form.formatted(PNG));
        // and without media they stay where they are
        assertThat(Slimmer.slim(whole, new Cut(FIELD, FIELD, true, false)).span()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,%s=", "data:text/plain;base64,%s", "data:image/png;base64,abc",
            "{\"media_type\":\"text/plain\",\"data\":\"%s\"}", "{\"media_type\":\"image/png\",\"data\":\"%s\\/\"}",
            "{\"media_type\":\"image/png\",\"data\":\"%s\"", "image/png %s"})
    void shouldLeaveWhatWouldNotComeBackTheSame(String form) {
        PlacedSpan whole = SampleSpans.tool("t", form.formatted(PNG.substring(0, PNG.length() - PNG.length() % 4)));
        Slimmed slimmed = Slimmer.slim(whole, new Cut(FIELD, FIELD, true, true));
        assertThat(new PayloadReader(new Kept(slimmed)).read(slimmed.span().span().facts().input().orElseThrow()))
                .isEqualTo(whole.span().facts().input().orElseThrow());
    }

    @Test
    void shouldNotPassOffSomethingElseAsTheField() {
        // given a part that changed on its way
        Slimmed slimmed = Slimmer.slim(SampleSpans.tool("t", "x".repeat(10_000)), new Cut(FIELD, FIELD, true, false));
        PayloadReader reader = new PayloadReader(new PayloadReader.Contents() {
            @Override
            public byte[] media(String mediaId) {
                return new byte[0];
            }

            @Override
            public String part(String spanId) {
                return "y".repeat(FIELD);
            }
        });
        // then
        String value = slimmed.span().span().facts().input().orElseThrow();
        assertThatThrownBy(() -> reader.read(value)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not what was sent");
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(ALPHABET.get(random.nextInt(ALPHABET.size())));
        }
        return text.toString();
    }

    private static Map<String, String> texts(PlacedSpan span) {
        Map<String, String> texts = new HashMap<>();
        Fields.change(span.span(), (field, text) -> {
            texts.put(field, text);
            return text;
        });
        return texts;
    }

    /** What a backend would have kept. */
    private static final class Kept implements PayloadReader.Contents {
        private final Map<String, byte[]> media = new HashMap<>();
        private final Map<String, String> parts = new HashMap<>();

        Kept(Slimmed slimmed) {
            slimmed.uploads().forEach(upload -> media.put(upload.mediaId(), upload.content().toByteArray()));
            List<PlacedSpan> spans = new ArrayList<>(slimmed.parts());
            spans.forEach(
                    part -> parts.put(part.span().id().hex(), part.span().facts().input().orElseThrow()));
        }

        @Override
        public byte[] media(String mediaId) {
            return Optional.ofNullable(media.get(mediaId)).orElseThrow(IllegalStateException::new);
        }

        @Override
        public String part(String spanId) {
            return Optional.ofNullable(parts.get(spanId)).orElseThrow(IllegalStateException::new);
        }
    }
}
