package io.mnemosyne.service;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.context.Unavailable;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ReportedUsage;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.redact.TenantRedactors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ContextServiceTest extends ServiceTest {
    private static final String HELLO = "{\"id\":\"e1\",\"role\":\"user\",\"content\":\"hello → wörld\"}";
    private static final String ANSWER = "{\"id\":\"e2\",\"role\":\"assistant\",\"content\":\"hi\"}";

    @Test
    void shouldAcceptOneTurnAnArrayAndLines() throws Exception {
        // when
        HttpResponse<String> one = post("application/json", HELLO);
        HttpResponse<String> array = post("application/json", "[" + HELLO + "," + ANSWER + "]");
        HttpResponse<String> lines = post("application/x-ndjson", HELLO + "\n\n" + ANSWER + "\n");

        // then
        assertThat(List.of(one.statusCode(), array.statusCode(), lines.statusCode())).containsOnly(202);
        assertThat(json(array).path("accepted").asInt()).isEqualTo(2);
        assertThat(threads.written).extracting(RawTurn::eventId).containsExactly("e1", "e1", "e2", "e1", "e2");
    }

    @Test
    void shouldTakeTheRestOfABatchAroundAnInvalidTurn() throws Exception {
        // when
        JsonNode receipt = json(post("application/json", "[" + HELLO + ",{\"role\":\"robot\"}," + ANSWER + "]"));

        // then
        assertThat(threads.written).extracting(RawTurn::eventId).containsExactly("e1", "e2");
        assertThat(receipt.path("invalid").path(0).path("index").asInt()).isEqualTo(1);
        assertThat(receipt.path("invalid").path(0).path("reason").asText()).contains("'role' is 'robot'");
    }

    @Test
    void shouldWriteNothingBehindATurnThatKafkaDidNotTake() throws Exception {
        // given Kafka takes the first record, not the second, and would take the third
        threads.refuse(1);

        // when
        HttpResponse<String> answer = post("application/json", "[" + HELLO + ",{\"role\":\"user\"}," + ANSWER + "]");

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(answer).path("detail").asText()).contains("turn 1 of the batch", "those before it are stored");
        assertThat(threads.written).extracting(RawTurn::eventId).containsExactly("e1");
    }

    @Test
    void shouldRefuseABodyThatIsNotUtf8AndSayWhere() throws Exception {
        // when
        HttpResponse<String> answer = send(request("/turns").POST(BodyPublishers.ofString(
                "{\"role\":\"user\",\"content\":\"caf\u00e9\"}", StandardCharsets.ISO_8859_1)));

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains("not UTF-8", "byte 29 (counted from 0) is 0xe9");
        assertThat(threads.written).isEmpty();
    }

    @Test
    void shouldWriteNothingThatLooksLikeACredential() throws Exception {
        // when
        post("application/json",
                "{\"role\":\"user\",\"content\":\"export AWS_ACCESS_KEY_ID=" + "AKIA" + "Q3EGRIYHZPTLXWUM\"}");

        // then
        assertThat(threads.written.getFirst().toString()).contains("[REDACTED:").doesNotContain("Q3EGRIYHZPTLXWUM");
    }

    @Test
    void shouldGiveATurnWithoutIdOneThatARepetitionKeeps() throws Exception {
        // when
        send(request("/turns").header("Idempotency-Key", "k").POST(BodyPublishers.ofString("{\"role\":\"user\"}")));
        send(request("/turns").header("Idempotency-Key", "k").POST(BodyPublishers.ofString("{\"role\":\"user\"}")));

        // then
        assertThat(threads.written).extracting(RawTurn::eventId).containsExactly("k-0", "k-0");
    }

    @Test
    void shouldShowAWriterItsOwnTurnOnceItIsApplied() throws Exception {
        // given
        String position = json(post("application/json", HELLO)).path("position").asText();

        // when
        HttpResponse<String> early = get("/context?wait=20&after=" + position);
        threads.apply();
        HttpResponse<String> late = get("/context?after=" + position);

        // then
        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(early.headers().firstValue("Retry-After")).contains("1");
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(json(late).path("blocks").path(0).path("text").asText()).contains("hello");
    }

    @Test
    void shouldServeTheContextInEveryFormat() throws Exception {
        // given
        post("application/json", HELLO);
        threads.apply();

        // then
        assertThat(get("/context?format=markdown").body()).contains("hello");
        JsonNode messages = json(get("/context?format=anthropic"));
        assertThat(messages.path("messages").path(0).path("role").asText()).isEqualTo("user");
        assertThat(json(get("/context?format=json")).path("tokens").asLong()).isPositive();
    }

    @Test
    void shouldServeTurnsPageByPageAsTheyWereSent() throws Exception {
        // given
        post("application/json", "[" + HELLO + "," + ANSWER + "]");
        threads.apply();

        // when
        JsonNode first = json(get("/turns?limit=1"));
        JsonNode second = json(get("/turns?limit=1&from=" + first.path("next").asLong()));

        // then
        assertThat(first.path("turns").path(0).path("id").asText()).isEqualTo("e1");
        assertThat(second.path("turns").path(0).path("id").asText()).isEqualTo("e2");
        assertThat(get("/turns?format=jsonl").body()).isEqualTo(HELLO + "\n" + ANSWER + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-08-06T08:47:10.123456", "2024-08-06 08:47:10", "2024-08-06T08:47:10+02:00"})
    void shouldGiveATurnBackWithTheTimeAsItWasSent(String time) throws Exception {
        // given
        String turn = "{\"id\":\"e1\",\"role\":\"user\",\"content\":\"hello\",\"ts\":\"" + time + "\"}";

        // when
        HttpResponse<String> posted = post("application/json", turn);
        threads.apply();

        // then
        assertThat(posted.statusCode()).isEqualTo(202);
        assertThat(get("/turns?format=jsonl").body()).isEqualTo(turn + "\n");
    }

    @Test
    void shouldRefuseATimeThatIsANumber() throws Exception {
        // when
        HttpResponse<String> posted = post("application/json", "{\"role\":\"user\",\"ts\":1722934030123}");

        // then
        assertThat(posted.statusCode()).isEqualTo(400);
        assertThat(posted.body()).contains("'ts' must be a string");
        assertThat(threads.written).isEmpty();
    }

    @Test
    void shouldEndAPageOfLargeTurnsEarlyAndSayWhereToGoOn() throws Exception {
        // given
        for (int seq = 0; seq < 3; seq++) {
            threads.written.add(new RawTurn("e" + seq, Role.USER,
                    List.of(new Part.Text(Content.of("x".repeat(5 << 20)))), Origin.UNKNOWN));
        }
        threads.apply();

        // when
        JsonNode json = json(get("/turns?to=8"));
        HttpResponse<String> lines = get("/turns?format=jsonl&to=8");
        HttpResponse<String> rest = follow(lines);

        // then
        assertThat(json.path("turns")).hasSize(2);
        assertThat(json.path("next").asLong()).isEqualTo(2);
        assertThat(lines.body().lines()).hasSize(2);
        assertThat(rest.body()).startsWith("{\"id\":\"e2\"").endsWith("\n");
        assertThat(rest.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void shouldLinkToTheNextPageUnlessThereIsNone() throws Exception {
        // given
        post("application/json", "[" + HELLO + "," + ANSWER + "]");
        threads.apply();

        // then
        assertThat(get("/turns?limit=1").headers().firstValue("Link"))
                .contains("</v1/tenants/default/threads/t/turns?from=1&limit=1&format=json>; rel=\"next\"");
        assertThat(follow(get("/turns?limit=1&format=jsonl")).body()).isEqualTo(ANSWER + "\n");
        assertThat(get("/turns?limit=1&to=0").headers().firstValue("Link")).isEmpty();
        assertThat(get("/turns?limit=2").headers().firstValue("Link")).isEmpty();
        assertThat(get("/turns?limit=2").body()).doesNotContain("next");
    }

    @Test
    void shouldReadNothingFromBeyondTheEnd() throws Exception {
        // given
        post("application/json", HELLO);
        threads.apply();

        // when, then
        assertThat(get("/turns?from=" + Long.MAX_VALUE).body()).isEqualTo("{\"turns\":[]}");
    }

    @Test
    void shouldWriteADeletionAndSayWhatToWaitFor() throws Exception {
        // when
        HttpResponse<String> deleted = send(request("").DELETE());

        // then
        assertThat(deleted.statusCode()).isEqualTo(202);
        assertThat(PositionToken.parse(json(deleted).path("position").asText()).topic()).isEqualTo("commands");
        assertThat(threads.commands).extracting(Command::kind).containsExactly(Command.Kind.DELETE);
    }

    @Test
    void shouldTakeWhatTheProviderCounted() throws Exception {
        // when
        HttpResponse<String> taken = send(request("/usage").header("Idempotency-Key", "call-7").POST(
                BodyPublishers
                        .ofString("{\"inputTokens\": 171000, \"outputTokens\": 800, \"model\": \"m-1\", \"x\": []}")));

        // then
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(PositionToken.parse(json(taken).path("position").asText()).topic()).isEqualTo("commands");
        assertThat(threads.commands).singleElement().satisfies(command -> {
            assertThat(command.commandId()).isEqualTo("call-7");
            assertThat(ReportedUsage.of(command)).contains(new ReportedUsage(171_000, 800, Optional.of("m-1")));
        });
    }

    @Test
    void shouldSayWhatIsShownShorterAndHowMuchOfThePromptIsCached() throws Exception {
        // given three turns, of which one is a result that is shown in summary and one is an object in full
        String result = "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"tool_name\":\"bash\",\"content\":\"%s\"}"
                .formatted("x".repeat(400));
        post("application/json", "[" + HELLO + "," + result + "," + ANSWER + "]");
        threads.show(0, Fidelity.FULL);
        threads.show(1, Fidelity.DETAILED);
        threads.apply();

        // when
        JsonNode context = json(get("/context"));

        // then
        assertThat(context.path("blocks").findValuesAsText("kind")).containsExactly("turn", "summary", "turn");
        JsonNode summary = context.path("blocks").path(1);
        assertThat(summary.path("objects"))
                .hasToString("[{\"id\":\"o1\",\"type\":\"tool_result\",\"level\":1}]");
        assertThat(summary.path("text").asText()).contains("[Summary of").doesNotContain("xxx");
        assertThat(context.path("blocks").path(0).has("objects")).isFalse();
        long cached = context.path("cachedPrefix").path("tokens").asLong();
        assertThat(cached).isEqualTo(20);
        assertThat(context.path("cachedPrefix").path("share").asDouble())
                .isEqualTo(Math.round(1_000.0 * cached / context.path("tokens").asLong()) / 1_000.0);
        // a budget below the view cuts the prompt, nobody knows where first
        assertThat(json(get("/context?budget=300")).has("cachedPrefix")).isTrue();
        JsonNode cut = json(get("/context?budget=299"));
        assertThat(cut.has("cachedPrefix")).isFalse();
        assertThat(cut.path("blocks")).hasSize(3);
    }

    @Test
    void shouldCountWhatIsShownShorterAndWhatWasMissed() throws Exception {
        // given
        post("application/json", "[" + HELLO + "," + ANSWER + "," + ANSWER + "]");
        threads.apply();
        assertThat(json(get("/stats")).path("fidelity").has("faultsPerEviction")).isFalse();
        threads.show(0, Fidelity.FULL);
        threads.show(1, Fidelity.STUB);
        threads.show(2, Fidelity.STUB);
        threads.faulted();

        // when
        JsonNode stats = json(get("/stats"));

        // then
        assertThat(stats.path("fidelity")).hasToString("{\"policy\":\"hybrid\",\"held\":3,\"levels\":{\"L0\":1,"
                + "\"L1\":0,\"L2\":0,\"L3\":2,\"L4\":0},\"evictions\":2,\"faults\":{\"identical\":1,"
                + "\"changed\":0,\"references\":0,\"micro\":0},\"faultsPerEviction\":0.5}");
        assertThat(stats.path("groups").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"inputTokens\": -1}", "{\"inputTokens\": \"many\"}",
            "{\"inputTokens\": 12.5}", "{\"inputTokens\": 1e300}", "{\"inputTokens\": {\"a\": 1}}",
            "{\"inputTokens\": 1, \"outputTokens\": 100000001}"})
    void shouldRefuseNumbersThatNoProviderCounts(String report) throws Exception {
        // when
        HttpResponse<String> refused = send(request("/usage").POST(BodyPublishers.ofString(report)));

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).contains("Tokens is", "send what the provider counted");
        assertThat(threads.commands).isEmpty();
    }

    @Test
    void shouldTellHowTheAgentsModelsCount() throws Exception {
        // given
        post("application/json", HELLO);
        threads.apply();
        threads.report(Optional.of("m-1"), 30_500, 20_000);
        threads.report(Optional.of("m-1"), 58_500, 40_000);
        threads.report(Optional.of("m-1"), 86_500, 60_000);
        threads.report(Optional.empty(), 12_000, 10_000);
        threads.report(Optional.of("m-1"), 0, 10_000);

        // when
        JsonNode stats = json(get("/stats"));

        // then
        assertThat(stats.path("budget").asLong()).isEqualTo(100_000);
        assertThat(stats.path("ceiling").asLong()).isEqualTo(80_000);
        assertThat(stats.path("usageRefused").asLong()).isEqualTo(1);
        assertThat(stats.path("models")).hasToString("[{\"reports\":1,\"ratio\":1.2,\"overhead\":0,"
                + "\"reported\":12000,\"counted\":10000},{\"model\":\"m-1\",\"reports\":3,\"ratio\":1.4,"
                + "\"overhead\":2500,\"reported\":86500,\"counted\":60000}]");
    }

    @Test
    void shouldSayWhereAReportIsNoJson() throws Exception {
        // when
        HttpResponse<String> refused = send(request("/usage").POST(BodyPublishers.ofString("{\"inputTokens\": ")));

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).contains("no JSON", "line 1");
    }

    @Test
    void shouldNameWhatOnlyExpiresWithItsDateWhenAThreadIsDeleted() throws Exception {
        // when
        JsonNode receipt = json(send(request("").DELETE()));

        // then
        Instant now = threads.commands.getFirst().at().orElseThrow();
        Map<String, Duration> kept = new TreeMap<>();
        receipt.path("expires").forEach(expiry -> kept.put(expiry.path("topic").asText(),
                Duration.between(now, Instant.parse(expiry.path("by").asText()))));
        Duration fileAndRounds = Duration.ofHours(13);
        assertThat(kept).containsEntry("turns.raw", Duration.ofDays(7).plus(fileAndRounds))
                .containsEntry("observer.requests", Duration.ofDays(2).plus(fileAndRounds))
                .containsEntry("rejected", Duration.ofDays(30).plus(fileAndRounds))
                .doesNotContainKeys("turns", "blobs", "completions");
    }

    @Test
    void shouldRefuseADeletionThatIngestWouldReject() throws Exception {
        // when
        HttpResponse<String> refused = send(request("").header("Idempotency-Key", "k".repeat(257)).DELETE());

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).contains("'Idempotency-Key'", "257 characters; at most 256");
        assertThat(threads.commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            /context?format=xml      | 400 | 'format' is 'xml'
                                            /context?budget=many     | 400 | 'budget' is 'many'
                                            /context?budget=1        | 422 | ask for at least
                                            /context?after=nonsense  | 400 | 'after' is 'nonsense'
                                            /turns?limit=0           | 400 | 'limit' is '0'
                                            """)
    void shouldSayWhatIsWrongWithARequest(String path, int status, String detail) throws Exception {
        // given
        post("application/json", HELLO);
        threads.apply();

        // when
        HttpResponse<String> answer = get(path);

        // then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).path("detail").asText()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/context", "/turns", "/observations", "/state", "/stats"})
    void shouldAnswer404ForAThreadWithoutTurns(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAnswer400WhereNoTurnIsValid() throws Exception {
        assertThat(post("application/json", "").statusCode()).isEqualTo(400);
        assertThat(post("application/json", "{\"role\":").statusCode()).isEqualTo(400);
        assertThat(post("application/json", "[{}]").body()).contains("'role' is missing");
    }

    @Test
    void shouldSendReadersAwayWhileStateIsRestored() throws Exception {
        // given
        threads.breakWith(new Unavailable(Unavailable.Reason.REBALANCING, "partitions are being assigned"));

        // when
        HttpResponse<String> answer = get("/context");

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void shouldTellLivenessFromReadiness() throws Exception {
        // given
        ready = false;

        // then
        assertThat(send(HttpRequest.newBuilder(at("/health/live"))).statusCode()).isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(at("/health/ready"))).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldFinishTheRequestUnderWayWhenItStops() throws Exception {
        // given a turn that Kafka has not confirmed yet
        int port = service.port();
        CompletableFuture<Void> confirmation = threads.holdConfirmations();
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request("/turns").POST(BodyPublishers.ofString(HELLO)).build(), BodyHandlers.ofString());
        await().until(() -> !threads.written.isEmpty());

        // when
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(service::close);
        await().until(() -> refusesConnections(port));
        confirmation.complete(null);

        // then
        assertThat(answer.get().statusCode()).isEqualTo(202);
        stopped.join();
    }

    @Test
    void shouldCountRequestsForPrometheus() throws Exception {
        // given
        post("application/json", HELLO);

        // then
        assertThat(send(HttpRequest.newBuilder(at("/metrics"))).body()).contains("mnemosyne_http_requests_seconds");
    }

    private static boolean refusesConnections(int port) throws IOException {
        try (Socket _ = new Socket("127.0.0.1", port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
