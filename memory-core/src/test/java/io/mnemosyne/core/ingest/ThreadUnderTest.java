package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.redact.Redacted;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.Tracing;

/** A thread in memory that lives through raw events as the topology would let it. */
final class ThreadUnderTest {
    static final ThreadKey THREAD = new ThreadKey("default", "t");
    /** Four characters to a token. */
    static final TokenCounter TOKENS = text -> (text.length() + 3) / 4;

    final List<TurnsRecord> turns = new ArrayList<>();
    final Map<String, Blob> blobs = new HashMap<>();
    final List<ObjectRecord> objects = new ArrayList<>();
    final List<String> rejections = new ArrayList<>();
    ThreadHead head = ThreadHead.NEW;
    final List<SpanEvent> spans = new ArrayList<>();
    Optional<TraceContext> context = Optional.empty();
    private final Map<String, String> known = new HashMap<>();
    private final TurnTracer tracer;
    private final Sequencer sequencer = new Sequencer(_ -> text -> new Redacted<>(text, Map.of()), TOKENS);
    private long offset;

    ThreadUnderTest() {
        this(Tracing.OFF);
    }

    ThreadUnderTest(Tracing tracing) {
        tracer = new TurnTracer(tracing);
    }

    /** Sends a turn every second. */
    void live(RawEvent event) {
        Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, THREAD,
                new Position("turns.raw", 0, offset++), event,
                (kind, name) -> Optional.ofNullable(known.get(kind + name)));
        TurnTrace trace = tracer.trace(THREAD, head, decision, Instant.ofEpochSecond(offset));
        head = trace.head();
        context = trace.context();
        spans.addAll(trace.events());
        decision.effects().forEach(this::apply);
    }

    void receive(String eventId, Role role, Part... parts) {
        live(new RawEvent.Received(new RawTurn(eventId, role, List.of(parts), Origin.UNKNOWN)));
    }

    void delete(String commandId) {
        live(new RawEvent.Instructed(new Command(commandId, Command.Kind.DELETE, Optional.empty(), Map.of())));
    }

    /** The turns of the incarnation that lives now. */
    List<Turn> appended() {
        return turns.stream().filter(record -> record.incarnation() == head.incarnation()).map(TurnsRecord::event)
                .filter(TurnEvent.Appended.class::isInstance).map(event -> ((TurnEvent.Appended) event).turn())
                .toList();
    }

    /** The whole text of a content, from its blob if it was moved. */
    String whole(Content content) {
        return switch (content) {
            case Content.Inline(String text) -> text;
            case Content.Reference(String sha256, long _, String _) ->
                Optional.ofNullable(blobs.get(sha256)).orElseThrow().text();
        };
    }

    private void apply(IngestEffect effect) {
        switch (effect) {
            case IngestEffect.Emit(TurnsRecord record) -> turns.add(record);
            case IngestEffect.Keep(Blob blob) -> blobs.put(blob.sha256(), blob);
            case IngestEffect.Describe(ObjectRecord object) -> objects.add(object);
            case IngestEffect.Remember(var kind, String name, String value) -> known.put(kind + name, value);
            case IngestEffect.Erase _ -> known.clear();
            case IngestEffect.Reject(String reason) -> rejections.add(reason);
            case IngestEffect.Reroute _ -> {
                // leaves the thread's sight
            }
        }
    }
}
