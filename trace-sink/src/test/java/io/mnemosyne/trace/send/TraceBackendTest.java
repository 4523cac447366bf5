package io.mnemosyne.trace.send;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.trace.send.TraceBackend.Credentials;
import io.mnemosyne.trace.send.TraceBackend.Kind;
import io.mnemosyne.trace.send.TraceBackend.Origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TraceBackendTest {
    private static final URI URL = URI.create("https://cloud.langfuse.com");

    @ParameterizedTest
    @CsvSource({"LANGFUSE,https://cloud.langfuse.com/,https://cloud.langfuse.com/api/public/otel/v1/traces",
            "LANGFUSE,http://host/base,http://host/base/api/public/otel/v1/traces",
            "OTLP,http://collector:4318,http://collector:4318/v1/traces",
            "OTLP,http://collector:4318/,http://collector:4318/v1/traces",
            "OTLP,http://tempo/otlp/v1/traces,http://tempo/otlp/v1/traces"})
    void shouldFindThePathForSpans(Kind kind, URI url, URI traces) {
        TraceBackend backend = new TraceBackend("b", kind, url, Optional.of(new Credentials("pk", "sk")), Map.of(),
                Origin.UNKNOWN, SendLimits.DEFAULT);
        try (Wire wire = new Wire(backend)) {
            assertThat(wire.traces()).isEqualTo(traces);
        }
    }

    @Test
    void shouldNotShowSecrets() {
        TraceBackend backend = new TraceBackend("b", Kind.LANGFUSE, URL,
                Optional.of(new Credentials("pk-lf-1", "sk-lf-2")), Map.of("x-token", "t0ken"), Origin.UNKNOWN,
                SendLimits.DEFAULT);
        assertThat(backend.toString()).contains("pk-lf-1", "x-token").doesNotContain("sk-lf-2", "t0ken");
    }

    @Test
    void shouldSayWhichSettingCannotBeUsed() {
        Credentials keys = new Credentials("pk", "sk");
        assertThatThrownBy(() -> TraceBackend.langfuse("Main", URL, keys)).hasMessageContaining("'Main'");
        assertThatThrownBy(() -> TraceBackend.langfuse("b", URI.create("cloud.langfuse.com"), keys))
                .hasMessageContaining("must look like https://host");
        assertThatThrownBy(() -> new TraceBackend("b", Kind.LANGFUSE, URL, Optional.empty(), Map.of(), Origin.UNKNOWN,
                SendLimits.DEFAULT)).hasMessageContaining("public and secret key");
        assertThatThrownBy(() -> TraceBackend.otlp("b", URL, Map.of("a", "b\nc"))).hasMessageContaining("'a'")
                .hasMessageNotContaining("b\nc");
        assertThatThrownBy(() -> new Origin("langfuse-x", Optional.empty(), "s", "1"))
                .hasMessageContaining("langfuse-x");
        assertThatThrownBy(() -> SendLimits.DEFAULT.withFieldBytes(2_000_000)).hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> SendLimits.DEFAULT.withRequests(10_000_000, 3_500_000, 1))
                .hasMessageContaining("10000000");
    }
}
