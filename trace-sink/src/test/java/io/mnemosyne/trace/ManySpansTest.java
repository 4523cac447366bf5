package io.mnemosyne.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;

import static org.assertj.core.api.Assertions.assertThat;

class ManySpansTest {
    private static final int BRANCHES = 142;
    private static final int SPANS = 10_000;

    @TempDir
    private Path dir;

    @Test
    void shouldPlaceTenThousandSpansOfASwarmWhoseRootComesLast() {
        // given
        try (Sink sink = new Sink(dir)) {
            List<SpanEvent> events = new ArrayList<>();
            for (int branch = 0; branch < BRANCHES; branch++) {
                sink.tell(Told.below("agent-" + branch, 0, branch < 10 ? "root" : "agent-" + branch / 10, 0,
                        Optional.of("call-" + branch)));
            }
            for (int span = 1; span <= SPANS; span++) {
                events.add(Told.finished(Told.at("agent-" + span % BRANCHES, span / BRANCHES), Told.id(span),
                        SpanFacts.NONE));
            }
            Collections.shuffle(events, new Random(1));
            events.forEach(sink::tell);
            assertThat(sink.finished()).isEmpty();
            // when
            sink.tell(Told.root(Sink.TENANT, "root", 0));
            // then
            List<SpanId> left = sink.finished().stream().map(placed -> placed.span().id()).toList();
            assertThat(left).hasSize(SPANS).doesNotHaveDuplicates();
        }
    }
}
