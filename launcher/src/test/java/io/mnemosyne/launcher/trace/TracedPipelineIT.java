package io.mnemosyne.launcher.trace;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;
import io.mnemosyne.scripted.langfuse.LangfuseStandIn;
import io.mnemosyne.scripted.langfuse.StoredSpan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From turns of agents to the tree that people see in Langfuse. */
@ExtendWith(SharedServices.Extension.class)
class TracedPipelineIT {
    private static final TopicNames NAMES = new TopicNames("traced.");
    private static final ThreadKey LEAD = new ThreadKey("default", "lead");
    private static final ThreadKey HELPER = new ThreadKey("default", "helper");
    private static final SpanId BY_AGENT = new SpanId("00f067aa0ba902b7");
    private static final String SECRET = "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4";

    @TempDir
    private Path data;
    private final LangfuseStandIn langfuse = LangfuseStandIn.start();

    @AfterEach
    void close() {
        langfuse.close();
    }

    @Test
    void shouldShowASubAgentBelowTheCallThatStartedIt(SharedServices services) throws Exception {
        // given a pipeline that closes runs soon
        try (LocalStack stack = LocalStack.start(services.pipeline(data, NAMES.prefix(),
                Map.of("MNEMOSYNE_TRACING_LANGFUSE_URL", langfuse.url().toString(),
                        "MNEMOSYNE_TRACING_LANGFUSE_PUBLIC_KEY", LangfuseStandIn.PUBLIC_KEY,
                        "MNEMOSYNE_TRACING_LANGFUSE_SECRET_KEY", LangfuseStandIn.SECRET_KEY,
                        "MNEMOSYNE_TRACING_SPAN_TIMEOUT_SECONDS", "5")))) {
            ServiceClient service = new ServiceClient(URI.create(stack.addresses().service()));
            assertThat(get(stack, "/health/ready")).contains("trace-sink", "trace-sender-langfuse");
            // when the sub-agent is heard before the one that called it
            service.tell(HELPER, "/turns", """
                                           [{"role": "user", "content": "Look it up.", "parent_thread": "lead",
                                             "parent_turn": 1, "parent_call": "c-1"},
                                            {"role": "assistant", "content": "It is 8081."}]""");
            service.tell(LEAD, "/turns",
                    """
                    [{"role": "user", "content": "Which port? My token is %s."},
                     {"role": "assistant", "content": "", "tool_calls":
                       [{"id": "c-1", "name": "task", "arguments": {"prompt": "Look it up."}}]},
                     {"role": "tool", "tool_call_id": "c-1", "tool_name": "task", "content": "It is 8081."},
                     {"role": "assistant", "content": "8081."}]""".formatted(SECRET));
            tellAsAnAgent(services, new SpanEvent.Finished(new Place.AtTurn("lead", 0, 1, Optional.empty()),
                    new Span(BY_AGENT, SpanType.TOOL, "by the agent", Instant.now(), Instant.now(), Outcome.SUCCESS,
                            input("token " + SECRET))));
            // then
            SpanId run = TraceIds.runSpan(LEAD, 0, 0);
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(parentOf(run.hex())).isEmpty();
                assertThat(parentOf(TraceIds.runSpan(HELPER, 0, 0).hex()))
                        .contains(TraceIds.tool(LEAD, 0, 1, "c-1").hex());
                assertThat(parentOf(TraceIds.tool(LEAD, 0, 1, "c-1").hex())).contains(run.hex());
                assertThat(parentOf(BY_AGENT.hex())).contains(run.hex());
            });
            List<StoredSpan> spans = langfuse.spans();
            assertThat(spans).allSatisfy(span -> {
                assertThat(span.traceId()).isEqualTo(TraceIds.run(LEAD, 0, 0).hex());
                assertThat(span.attribute("langfuse.session.id")).contains("lead");
                assertThat(span.copies()).isEqualTo(1);
                assertThat(span.attributes().toString()).doesNotContain(SECRET);
                span.parent().ifPresent(parent -> assertThat(parentOf(parent)).isNotNull());
            });
            assertThat(langfuse.complaints()).isEmpty();
            assertThat(get(stack, "/metrics")).containsPattern(
                    "mnemosyne_trace_sent_spans_total\\{backend=\"langfuse\"} [1-9]");
        }
    }

    private Optional<String> parentOf(String id) {
        return langfuse.spans().stream().filter(span -> span.id().equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("no span " + id)).parent();
    }

    private static void tellAsAnAgent(SharedServices services, SpanEvent event) throws Exception {
        try (var ids = new RegistrySchemaIds(RegistrySettings.of(services.addresses().registry()));
                var producer = new KafkaProducer<>(Map.of("bootstrap.servers", services.addresses().kafka()),
                        new StringSerializer(), new TopicSerdes(ids, NAMES).rawSpans().serializer())) {
            SpanRecord told = new SpanRecord("default", event);
            producer.send(new ProducerRecord<>(NAMES.of(Topics.SPANS_RAW), told.key(), told)).get();
        }
    }

    private static SpanFacts input(String text) {
        return new SpanFacts(Optional.of(text), Optional.empty(), Optional.empty(), Map.of(), Map.of(),
                Optional.empty(), Optional.empty(), List.of(), Map.of(), Map.of(), List.of());
    }

    private static String get(LocalStack stack, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(stack.addresses().service() + path)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
