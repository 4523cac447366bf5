package io.mnemosyne.service.watch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.ThreadKey;

/**
 * That a thread is being compacted.
 *
 * @param id of the command; the same however often it is told
 * @param at when it was asked for, if known
 * @param partition of {@code turns} that it stands in
 * @param offset where
 */
public record CompactEvent(String id, ThreadKey thread, Compaction asked, Optional<Instant> at, int partition,
        long offset) {
    /** What subscribers know it by. */
    public static final String NAME = "session_compact";
    private static final double PLACES = 10_000;

    /** As subscribers get it; what a command did not tell is left out. */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("event", NAME).put("tenant", thread.tenant())
                .put("thread", thread.thread());
        asked.epoch().ifPresent(epoch -> json.put("epoch", epoch));
        asked.tokens().ifPresent(tokens -> json.put("tokens", tokens));
        asked.window().ifPresent(window -> json.put("window", window));
        if (asked.tokens().isPresent() && asked.window().orElse(0) > 0) {
            json.put("share", Math.round(PLACES * asked.tokens().getAsLong() / asked.window().getAsLong()) / PLACES);
        }
        at.ifPresent(time -> json.put("at", time.truncatedTo(ChronoUnit.MILLIS).toString()));
        return json.toString();
    }
}
