package io.mnemosyne.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.service.watch.CompactEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Subscribers are told of compactions as they come. */
@Timeout(60)
class EventsTest extends ServiceTest {
    private static final ThreadKey MINE = new ThreadKey("default", "t");
    private static final ThreadKey SIBLING = new ThreadKey("default", "u");
    private static final ThreadKey STRANGER = new ThreadKey("other", "t");
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456Z");

    @Test
    void shouldTellSubscribersOfWhatConcernsThem() throws Exception {
        // given
        hub.open();
        try (Listener thread = listen("/v1/tenants/default/threads/t/events", Optional.empty());
                Listener tenant = listen("/v1/tenants/default/events", Optional.empty())) {
            // when
            hub.publish(event("a", STRANGER, 0, 1));
            hub.publish(event("b", SIBLING, 1, 1));
            hub.publish(event("c", MINE, 2, 5));
            hub.publish(event("c", MINE, 2, 6));
            hub.publish(event("d", MINE, 2, 7));

            // then
            assertThat(thread.headers).containsEntry("content-type", List.of("text/event-stream; charset=utf-8"));
            assertThat(thread.block()).containsExactly("id: 0-1.1-1.2-5", "event: session_compact",
                    "data: {\"event\":\"session_compact\",\"tenant\":\"default\",\"thread\":\"t\",\"epoch\":3,"
                            + "\"tokens\":181000,\"window\":200000,\"share\":0.905,\"at\":\"2026-11-21T12:00:00.123Z\"}");
            assertThat(thread.block()).first().isEqualTo("id: 0-1.1-1.2-7");
            assertThat(tenant.block()).last().asString().contains("\"thread\":\"u\"");
            assertThat(tenant.block()).last().asString().contains("\"thread\":\"t\"");
        }
    }

    @Test
    void shouldGoOnAfterTheLastEventThatASubscriberHas() throws Exception {
        // given
        hub.open();
        hub.publish(event("a", MINE, 0, 3));
        hub.publish(event("b", MINE, 1, 9));
        hub.publish(event("c", MINE, 0, 4));
        // when
        try (Listener listener = listen("/v1/tenants/default/threads/t/events", Optional.of("0-3"))) {
            // then
            assertThat(listener.block()).first().isEqualTo("id: 0-3.1-9");
            assertThat(listener.block()).first().isEqualTo("id: 0-4.1-9");
        }
    }

    @Test
    void shouldEndSubscriptionsWhenTheServiceStops() throws Exception {
        // given
        hub.open();
        try (Listener listener = listen("/v1/tenants/default/events", Optional.empty())) {
            // when
            service.close();
            // then
            assertThat(listener.block()).isEmpty();
        }
    }

    @Test
    void shouldSayWhyNobodyCanSubscribe() throws Exception {
        // when it is not known yet what there was
        HttpResponse<String> early = get("/events");
        hub.open();
        HttpResponse<String> wrong = send(request("/events").header("Last-Event-ID", "yesterday"));

        // then
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).contains("2");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).path("detail").asText()).contains("Last-Event-ID", "leave it out");
        assertThat(hub.subscribers()).isZero();
    }

    @Test
    void shouldTakeACommandToCompact() throws Exception {
        // when
        HttpResponse<String> taken = send(request("/compact").POST(BodyPublishers.noBody()));
        HttpResponse<String> exact = tell("/compact", "{\"epoch\": 4}");
        HttpResponse<String> wrong = tell("/compact", "{\"epoch\": \"newest\"}");

        // then
        assertThat(List.of(taken.statusCode(), exact.statusCode())).containsOnly(202);
        assertThat(PositionToken.parse(json(taken).path("position").asText()).topic()).isEqualTo("commands");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).path("detail").asText()).contains("epoch is not a whole number");
        assertThat(threads.commands).extracting(Command::kind).containsExactly(Command.Kind.COMPACT,
                Command.Kind.COMPACT);
        assertThat(threads.commands).extracting(Command::arguments).containsExactly(Map.of(), Map.of("epoch", "4"));
    }

    private static CompactEvent event(String id, ThreadKey thread, int partition, long offset) {
        return new CompactEvent(id, thread, Compaction.of(3, 181_000, 200_000), Optional.of(AT), partition, offset);
    }

    private Listener listen(String path, Optional<String> last) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).header("Accept", "text/event-stream");
        last.ifPresent(id -> request.header("Last-Event-ID", id));
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        Listener listener = new Listener(
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)),
                answer.headers().map());
        assertThat(listener.block()).first().isEqualTo("retry: 2000");
        return listener;
    }

    private record Listener(BufferedReader lines, Map<String, List<String>> headers) implements AutoCloseable {

        /** The lines up to the next empty one; none if it ends. */
        List<String> block() throws IOException {
            List<String> block = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                block.add(line);
            }
            return block;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
