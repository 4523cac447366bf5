package io.mnemosyne.launcher.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.launcher.stack.TestJvm;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.scripted.langfuse.Failure;
import io.mnemosyne.scripted.langfuse.LangfuseStandIn;
import io.mnemosyne.scripted.langfuse.MediaMode;
import io.mnemosyne.scripted.langfuse.Received;
import io.mnemosyne.scripted.langfuse.StoredSpan;
import io.mnemosyne.trace.send.PayloadReader;
import io.mnemosyne.trace.send.SendLimits;
import io.mnemosyne.trace.send.TraceSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The sender between a real broker and a strict stand-in for Langfuse. */
@ExtendWith(SharedServices.Extension.class)
class TraceSenderIT {
    private static final long SEED = 142;
    private static final int MB = 1_000_000;
    private static final String INPUT = "langfuse.observation.input";
    private static final String OUTPUT = "langfuse.observation.output";
    private static final SendLimits FAST = SendLimits.DEFAULT.withRates(4, 200).withWaits(Duration.ofSeconds(10),
            Duration.ofMillis(200), Duration.ofMillis(500));

    @TempDir
    Path directory;

    private final LangfuseStandIn langfuse = LangfuseStandIn.start();

    @AfterEach
    void close() {
        langfuse.close();
    }

    @Test
    void shouldPutEverySpanOfASwarmInItsPlaceWhateverTheServerRefuses(SharedServices services) throws Exception {
        // given a swarm in any order, with a bad span in each thousand and some fields of up to 12 MB
        List<PlacedSpan> spans = new ArrayList<>(SwarmSpans.of(10_000, 142, SEED));
        Set<String> bad = new HashSet<>();
        for (int i = 500; i < spans.size(); i += 1_000) {
            spans.set(i, SwarmSpans.renamed(spans.get(i), "bad"));
            bad.add(spans.get(i).span().id().hex());
        }
        Map<String, PlacedSpan> large = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            int at = 700 + 1_000 * i;
            spans.set(at, SwarmSpans.enlarged(spans.get(at), List.of(600_000, 2 * MB, 5 * MB, 12 * MB).get(i % 4), i));
            large.put(spans.get(at).span().id().hex(), spans.get(at));
        }
        // and a server that refuses bad spans, wants pauses, and stops storing media in the middle
        langfuse.refuse(span -> span.getName().equals("bad"));
        langfuse.quota(40, Duration.ofSeconds(1));
        List<PlacedSpan> order = SwarmSpans.shuffled(spans, SEED);
        try (SpanTopic topic = new SpanTopic(services.addresses(), new TopicNames("swarm."));
                TraceSender sender = topic.sender(langfuse.url(), FAST)) {
            // when
            long before = System.nanoTime();
            topic.write(order.subList(0, 6_000));
            eventually().until(topic::isDone);
            langfuse.media(MediaMode.NO_BUCKET);
            topic.write(order.subList(6_000, order.size()));
            eventually().until(topic::isDone);
            // then
            System.out.printf("swarm: %s in %d ms%n", sender.stats(), (System.nanoTime() - before) / 1_000_000);
            assertThat(topic.letters()).extracting(RefusedSpan::spanId).containsExactlyInAnyOrderElementsOf(bad);
            assertThat(sender.stats().uploads()).isPositive();
            assertThat(sender.stats().parts()).isPositive();
        }
        // then every good span is there once, under its parent, with its content
        Map<String, StoredSpan> stored = langfuse.spans().stream()
                .collect(Collectors.toMap(StoredSpan::id, Function.identity()));
        PayloadReader reader = new PayloadReader(new Shown(stored));
        for (PlacedSpan span : spans) {
            String id = span.span().id().hex();
            if (bad.contains(id)) {
                assertThat(stored).doesNotContainKey(id);
            } else {
                StoredSpan found = stored.get(id);
                assertThat(found).as(span.span().name()).isNotNull();
                assertThat(found.copies()).isEqualTo(1);
                assertThat(found.traceId()).isEqualTo(span.trace().hex());
                assertThat(found.parent()).isEqualTo(span.parent().map(SpanId::hex));
                assertThat(reader.read(found.attribute(INPUT).orElseThrow())
                        .equals(span.span().facts().input().orElseThrow())).as("input of " + id).isTrue();
                assertThat(reader.read(found.attribute(OUTPUT).orElseThrow())
                        .equals(span.span().facts().output().orElseThrow())).as("output of " + id).isTrue();
            }
        }
        assertThat(stored.values()).allSatisfy(span -> assertThat(span.others()).isZero());
        // and what else is there are parts of the large fields
        assertThat(stored.values().stream().filter(span -> span.attribute("langfuse.observation.metadata.payload.part")
                .isPresent()).map(part -> part.parent().orElseThrow()).distinct()).isSubsetOf(large.keySet());
        List<Received> requests = langfuse.requests().stream().filter(Received::isTraces).toList();
        assertThat(requests).allSatisfy(request -> assertThat(request.bytes()).isLessThanOrEqualTo(3_500_000));
        assertThat(langfuse.requests()).anyMatch(request -> request.status() == 429);
        assertThat(langfuse.complaints()).isEmpty();
    }

    @Test
    void shouldLoseNothingWhenItIsKilled(SharedServices services) throws Exception {
        // given
        List<PlacedSpan> spans = new ArrayList<>(SwarmSpans.of(2_000, 20, SEED + 1));
        spans.set(1_000, SwarmSpans.enlarged(spans.get(1_000), 300_000, SEED));
        try (SpanTopic topic = new SpanTopic(services.addresses(), new TopicNames("killed."))) {
            topic.write(SwarmSpans.shuffled(spans, SEED));
            // when it is killed while it sends, once also while an answer is outstanding
            for (int kill = 1; kill <= 3; kill++) {
                int enough = kill * 300;
                Process sender = start(services, "killed.");
                eventually().until(() -> langfuse.spanCount() >= enough);
                if (kill == 2) {
                    langfuse.fail(new Failure.Hang(true));
                    int hanging = langfuse.spanCount();
                    eventually().until(() -> langfuse.spanCount() > hanging);
                }
                sender.destroyForcibly().onExit().join();
                langfuse.heal();
            }
            assertThat(topic.isDone()).isFalse();
            Process last = start(services, "killed.");
            eventually().until(topic::isDone);
            last.destroyForcibly().onExit().join();
            assertThat(topic.letters()).isEmpty();
        }
        // then
        Set<String> expected = spans.stream().map(span -> span.span().id().hex()).collect(Collectors.toSet());
        assertThat(langfuse.spans().stream().map(StoredSpan::id)).containsAll(expected);
        assertThat(langfuse.spans()).as("duplicates have the same bytes")
                .allSatisfy(span -> assertThat(span.others()).isZero());
        long again = langfuse.spans().stream().filter(span -> span.copies() > 1).count();
        System.out.printf("killed: %d of %d spans came more than once, all with the same bytes%n", again,
                spans.size());
    }

    @Test
    void shouldCatchUpWhenTheServerWasAway(SharedServices services) throws Exception {
        // given
        List<PlacedSpan> spans = SwarmSpans.of(1_500, 10, SEED + 2);
        try (SpanTopic topic = new SpanTopic(services.addresses(), new TopicNames("away."));
                TraceSender sender = topic.sender(langfuse.url(), FAST)) {
            topic.write(spans.subList(0, 300));
            eventually().until(() -> langfuse.spanCount() == 300);
            // when
            langfuse.goAway();
            topic.write(spans.subList(300, 1_500));
            eventually().until(() -> sender.stats().retried() > 3);
            assertThat(topic.isDone()).isFalse();
            langfuse.comeBack();
            // then
            eventually().until(topic::isDone);
            assertThat(topic.letters()).isEmpty();
        }
        assertThat(langfuse.spans()).hasSize(1_500).allSatisfy(span -> assertThat(span.others()).isZero());
    }

    private Process start(SharedServices services, String prefix) throws Exception {
        return TestJvm.start(SenderMain.class, directory.resolve("sender.log"), Map.of(),
                services.addresses().kafka(), services.addresses().registry(), langfuse.url().toString(), prefix);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(50));
    }

    /** What people would find in Langfuse. */
    private final class Shown implements PayloadReader.Contents {
        private final Map<String, StoredSpan> spans;

        Shown(Map<String, StoredSpan> spans) {
            this.spans = spans;
        }

        @Override
        public byte[] media(String mediaId) {
            return langfuse.media(mediaId).orElseThrow(() -> new IllegalStateException("no media " + mediaId));
        }

        @Override
        public String part(String spanId) {
            return spans.get(spanId).attribute(INPUT).orElseThrow();
        }
    }
}
