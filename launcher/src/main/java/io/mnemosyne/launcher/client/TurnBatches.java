package io.mnemosyne.launcher.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.TurnJson;

/** Sends turns to one thread in order, several at a time. */
final class TurnBatches {
    private static final int MAX_TURNS = 100;
    private static final int MAX_CHARS = 1 << 20;

    private final ServiceClient service;
    private final ThreadKey thread;
    private final List<String> waiting = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private long chars;
    private long sent;
    private Optional<String> position = Optional.empty();

    TurnBatches(ServiceClient service, ThreadKey thread) {
        this.service = service;
        this.thread = thread;
    }

    void add(RawTurn turn) {
        String json = TurnJson.write(turn);
        if (!waiting.isEmpty() && (waiting.size() == MAX_TURNS || chars + json.length() > MAX_CHARS)) {
            flush();
        }
        waiting.add(json);
        chars += json.length();
    }

    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        JsonNode receipt = service.post(thread, String.join("\n", waiting)).json();
        receipt.path("invalid").forEach(turn -> rejected.add("turn " + (sent + turn.path("index").asLong())
                + ": " + turn.path("reason").asText()));
        sent += waiting.size();
        if (receipt.has("position")) {
            position = Optional.of(receipt.path("position").asText());
        }
        waiting.clear();
        chars = 0;
    }

    /** What the service did not take: the turn's number from 0, and the reason. */
    List<String> rejected() {
        return List.copyOf(rejected);
    }

    /** Token of the last turn that is stored. */
    Optional<String> position() {
        return position;
    }
}
