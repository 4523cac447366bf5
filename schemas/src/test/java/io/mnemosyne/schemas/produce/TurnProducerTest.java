package io.mnemosyne.schemas.produce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.redact.TurnRedactor;
import io.mnemosyne.core.trace.SpanRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TurnProducerTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "t");
    private static final String SECRET = "ghp_" + "Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4fGh7j";
    private static final TenantRedactors REDACTORS = new TenantRedactors("key".getBytes(StandardCharsets.UTF_8));

    private final List<Object> written = new ArrayList<>();
    private final TurnProducer producer = new TurnProducer(new TurnLog() {
        @Override
        public CompletableFuture<Position> append(ThreadKey thread, RawTurn turn) {
            return add(turn);
        }

        @Override
        public CompletableFuture<Position> append(ThreadKey thread, Command command) {
            return add(command);
        }

        @Override
        public CompletableFuture<Position> append(SpanRecord span) {
            return add(span);
        }

        @Override
        public void close() {
            written.add("closed");
        }
    }, REDACTORS);

    @Test
    void shouldTakeCredentialsOutOfATurnBeforeItIsSent() {
        // given
        var turn = new RawTurn(SECRET, Role.ASSISTANT, List.of(new Part.Thinking(Content.of("use " + SECRET)),
                new Part.ToolCall("c", "bash", Content.of("{\"command\":\"curl -H 'x: " + SECRET + "'\"}"))),
                Origin.UNKNOWN);
        // when
        Sent sent = producer.send(THREAD, turn);
        // then
        assertThat(written.toString()).doesNotContain(SECRET).contains("use [REDACTED:github:");
        assertThat(sent.id()).startsWith("[REDACTED:github:");
        assertThat(sent.position()).isCompletedWithValue(new Position("log", 0, 1));
    }

    @Test
    void shouldGiveASecretTheMarkThatIngestGivesIt() {
        // given
        var turn = new RawTurn("t", Role.USER, List.of(new Part.Text(Content.of("use " + SECRET))), Origin.UNKNOWN);
        // when
        producer.send(THREAD, turn);
        // then
        assertThat(written).containsExactly(new TurnRedactor(REDACTORS.apply("acme")).redact(turn).value());
    }

    @Test
    void shouldTakeCredentialsOutOfACommand() {
        // given
        var command = new Command("c", Command.Kind.QUERY, Optional.empty(),
                Map.of("question", "is " + SECRET + " ok?"));
        // when
        producer.send(THREAD, command);
        // then
        assertThat(written.toString()).doesNotContain(SECRET).contains("is [REDACTED:github:");
    }

    @Test
    void shouldSendNothingThatIngestWouldReject() {
        // given
        var turn = new RawTurn("", Role.USER, List.of(), Origin.UNKNOWN);
        var command = new Command("", Command.Kind.PIN, Optional.empty(), Map.of());
        // when, then
        assertThatThrownBy(() -> producer.send(THREAD, turn)).isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("id");
        assertThatThrownBy(() -> producer.send(THREAD, command)).isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("id");
        assertThat(written).isEmpty();
    }

    @Test
    void shouldCloseItsLog() {
        // when
        producer.close();
        // then
        assertThat(written).containsExactly("closed");
    }

    private CompletableFuture<Position> add(Object event) {
        written.add(event);
        return CompletableFuture.completedFuture(new Position("log", 0, written.size()));
    }
}
