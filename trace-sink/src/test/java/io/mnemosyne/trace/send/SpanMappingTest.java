package io.mnemosyne.trace.send;

import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.trace.send.TraceBackend.Credentials;
import io.mnemosyne.trace.send.TraceBackend.Origin;

import static org.assertj.core.api.Assertions.assertThat;

class SpanMappingTest {
    private static final Origin ORIGIN = new Origin("staging", Optional.of("r-42"), "agents", "1.2");
    private final SpanMapping langfuse = new SpanMapping(TraceBackend
            .langfuse("langfuse", URI.create("http://localhost:1"), new Credentials("pk", "sk")).with(ORIGIN));
    private final SpanMapping plain = new SpanMapping(
            TraceBackend.otlp("tempo", URI.create("http://localhost:1"), Map.of()).with(ORIGIN));

    @ParameterizedTest
    @EnumSource(SpanType.class)
    void shouldSayOnEverySpanWhatBelongsToTheTrace(SpanType type) {
        // when
        Map<String, AnyValue> attributes = attributes(
                langfuse.map(SampleSpans.placed("step", type, SampleSpans.facts("in"))));
        // then
        assertThat(text(attributes, "langfuse.observation.type")).isEqualTo(type.name().toLowerCase());
        assertThat(text(attributes, "langfuse.session.id")).isEqualTo("session-7");
        assertThat(text(attributes, "langfuse.user.id")).isEqualTo("ann");
        assertThat(text(attributes, "langfuse.trace.name")).isEqualTo("session-7");
        assertThat(text(attributes, "langfuse.environment")).isEqualTo("staging");
        assertThat(text(attributes, "langfuse.release")).isEqualTo("r-42");
        assertThat(attributes.get("langfuse.trace.tags").getArrayValue().getValuesList())
                .extracting(AnyValue::getStringValue).containsExactly("nightly", "swarm");
    }

    @Test
    void shouldKeepIdsTimesAndContent() {
        // when
        Span span = langfuse.map(SampleSpans.tool("read", "{\"path\": \"a\"}"));
        // then
        assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray())).isEqualTo(SampleSpans.TRACE.hex());
        assertThat(HexFormat.of().formatHex(span.getParentSpanId().toByteArray())).isEqualTo(SampleSpans.PARENT.hex());
        assertThat(span.getStartTimeUnixNano()).isEqualTo(1_795_688_130_123_456_000L);
        Map<String, AnyValue> attributes = attributes(span);
        assertThat(text(attributes, "langfuse.observation.input")).isEqualTo("{\"path\": \"a\"}");
        assertThat(text(attributes, "langfuse.observation.output")).isEqualTo("done");
        // and what Langfuse would cut off the times
        assertThat(text(attributes, "langfuse.observation.metadata.started_at"))
                .isEqualTo("2026-11-26T10:15:30.123456Z");
        assertThat(text(attributes, "langfuse.observation.metadata.seq")).isEqualTo("12");
        assertThat(text(attributes, "gen_ai.tool.name")).isEqualTo("read");
    }

    @Test
    void shouldGiveUsageAndCostOfModelCallsInBothVocabularies() {
        // when
        Map<String, AnyValue> attributes = attributes(langfuse.map(SampleSpans.placed("chat", SpanType.GENERATION,
                SampleSpans.withUsage(SampleSpans.facts("in")))));
        // then
        assertThat(text(attributes, "langfuse.observation.usage_details"))
                .isEqualTo("{\"input\":10,\"input_cached_tokens\":90,\"output\":7}");
        assertThat(text(attributes, "langfuse.observation.cost_details")).isEqualTo("{\"total\":0.0125}");
        assertThat(text(attributes, "langfuse.observation.model.name")).isEqualTo("claude-sonnet-5");
        // the conventions count cached tokens as input
        assertThat(attributes.get("gen_ai.usage.input_tokens").getIntValue()).isEqualTo(100);
        assertThat(attributes.get("gen_ai.usage.cache_read.input_tokens").getIntValue()).isEqualTo(90);
    }

    @ParameterizedTest
    @EnumSource(value = SpanType.class, names = {"GENERATION", "EMBEDDING"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldCountNothingTwiceWhenWhatIsNoModelCallHasUsage(SpanType type) {
        // given an agent's own tracing that sums up its calls
        var facts = SampleSpans.withUsage(SampleSpans.facts("in")).withAttributes(
                Map.of("gen_ai.usage.input_tokens", "500", "gen_ai.request.model", "\"m\"", "app.kept", "true"));
        // when
        Map<String, AnyValue> attributes = attributes(langfuse.map(SampleSpans.placed("run", type, facts)));
        // then
        assertThat(attributes.keySet()).noneMatch(
                name -> name.startsWith("gen_ai.usage") || name.contains("usage_details")
                        || name.contains("cost_details") || name.startsWith("gen_ai.request.model"));
        assertThat(attributes.get("langfuse.observation.metadata.gen_ai.usage.input_tokens").getIntValue())
                .isEqualTo(500);
        assertThat(attributes.get("app.kept").getBoolValue()).isTrue();
    }

    @Test
    void shouldKeepForeignAttributesInFormsThatLangfuseReads() {
        // given
        var facts = SampleSpans.facts("in").withAttributes(Map.of("big", "9007199254740993", "exact",
                "9007199254740992", "huge", "123456789012345678901234567890", "share", "0.5", "map",
                "{\"a\": [1, {\"b\": null}]}", "names", "[\"x\", \"y\"]", "mixed", "[1, \"y\"]", "none", "null",
                "langfuse.observation.type", "\"generation\"", "nothing.of.json", "NaN"));
        // when
        Map<String, AnyValue> attributes = attributes(langfuse.map(SampleSpans.placed("t", SpanType.TOOL, facts)));
        // then
        assertThat(text(attributes, "big")).isEqualTo("9007199254740993");
        assertThat(attributes.get("exact").getIntValue()).isEqualTo(9007199254740992L);
        assertThat(text(attributes, "huge")).isEqualTo("123456789012345678901234567890");
        assertThat(attributes.get("share").getDoubleValue()).isEqualTo(0.5);
        assertThat(text(attributes, "map")).isEqualTo("{\"a\": [1, {\"b\": null}]}");
        assertThat(attributes.get("names").getArrayValue().getValuesCount()).isEqualTo(2);
        assertThat(text(attributes, "mixed")).isEqualTo("[1, \"y\"]");
        assertThat(text(attributes, "nothing.of.json")).isEqualTo("NaN");
        assertThat(attributes).doesNotContainKey("none");
        // and what the span is, it says itself
        assertThat(text(attributes, "langfuse.observation.type")).isEqualTo("tool");
    }

    @Test
    void shouldSayThatAndWhyAStepFailed() {
        // when
        Span span = langfuse.map(SampleSpans.placed("t", SpanType.TOOL, Outcome.error("no such file"),
                SampleSpans.facts("in")));
        // then
        assertThat(span.getStatus().getCodeValue()).isEqualTo(2);
        assertThat(span.getStatus().getMessage()).isEqualTo("no such file");
        assertThat(text(attributes(span), "langfuse.observation.level")).isEqualTo("ERROR");
        assertThat(text(attributes(span), "langfuse.observation.status_message")).isEqualTo("no such file");
    }

    @Test
    void shouldSpeakPlainConventionsToOtherBackends() {
        // when
        Map<String, AnyValue> attributes = attributes(plain.map(SampleSpans.placed("chat", SpanType.GENERATION,
                SampleSpans.withUsage(SampleSpans.facts("in")))));
        // then
        assertThat(attributes.keySet()).noneMatch(name -> name.startsWith("langfuse."));
        assertThat(attributes.get("gen_ai.usage.input_tokens").getIntValue()).isEqualTo(100);
        assertThat(text(attributes, "mnemosyne.input")).isEqualTo("in");
        assertThat(text(attributes, "session.id")).isEqualTo("session-7");
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSpan() {
        var span = SampleSpans.placed("chat", SpanType.GENERATION, SampleSpans.withUsage(SampleSpans.facts("in")));
        assertThat(List.of(langfuse.map(span).toByteString()))
                .containsExactly(new SpanMapping(TraceBackend.langfuse("langfuse", URI.create("http://localhost:1"),
                        new Credentials("pk", "sk")).with(ORIGIN)).map(span).toByteString());
    }

    private static Map<String, AnyValue> attributes(Span span) {
        return span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static String text(Map<String, AnyValue> attributes, String name) {
        assertThat(attributes).containsKey(name);
        return attributes.get(name).getStringValue();
    }
}
