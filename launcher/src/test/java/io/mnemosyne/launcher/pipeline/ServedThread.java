package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.launcher.client.ServiceClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What the REST service says of one thread. */
record ServedThread(ServiceClient service, ThreadKey thread) {
    private static final int BATCH = 50;
    /** Thousands of turns of other threads may come before its own. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Posts turns in order; returns the token of the last one. */
    String post(List<RawTurn> turns) {
        String position = "";
        for (int from = 0; from < turns.size(); from += BATCH) {
            List<RawTurn> batch = turns.subList(from, Math.min(turns.size(), from + BATCH));
            JsonNode receipt = service.post(thread, String.join("\n", batch.stream().map(TurnJson::write).toList()))
                    .json();
            assertThat(receipt.path("invalid")).as("turns not taken in %s", thread).isEmpty();
            position = receipt.path("position").asText();
        }
        return position;
    }

    /** The context once a position is in it. */
    JsonNode contextAfter(String position) {
        return service.contextAfter(thread, position, PATIENCE);
    }

    JsonNode stats() {
        return service.get(thread, "/stats").json();
    }

    /** Every turn as one line of JSON, in the order of their seqs. */
    List<String> turns() {
        List<String> lines = new ArrayList<>();
        Optional<String> query = Optional.of("?format=jsonl");
        while (query.isPresent()) {
            ServiceClient.Answer page = service.get(thread, "/turns" + query.get());
            lines.addAll(page.body().lines().toList());
            query = page.link().map(link -> link.substring(link.indexOf('?'), link.indexOf('>')));
        }
        return lines;
    }

    /**
     * Checks invariant 1 from outside: each seq is in exactly one segment, cut or raw turn; copies do not count, and a
     * system turn is raw although a segment may span it.
     */
    static void assertEverySeqHasOneBaseForm(JsonNode context) {
        int[] forms = new int[context.path("turns").asInt()];
        context.path("blocks").forEach(block -> {
            String kind = block.path("kind").asText();
            if (List.of("observation", "reflection", "turn", "summary", "stub").contains(kind)) {
                for (int seq = block.path("seqs").path("from").asInt(); seq <= block.path("seqs").path("to")
                        .asInt(); seq++) {
                    forms[seq]++;
                }
            }
        });
        context.path("blocks").forEach(block -> {
            if (block.path("kind").asText().equals("system")) {
                forms[block.path("seqs").path("from").asInt()] = 1;
            }
        });
        assertThat(forms).as("base forms of each seq of %s", context.path("thread").asText()).containsOnly(1);
    }
}
