package io.mnemosyne.launcher.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.streams.KafkaStreams;
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
import io.mnemosyne.launcher.trace.SwarmSpans.Step;
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

/** The trace sink and its sender between a real broker and a strict stand-in for Langfuse. */
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
        // given a swarm in any order, with a bad step in each thousand and some fields of up to 12 MB
        SwarmSpans swarm = SwarmSpans.of(10_000, 142, SEED);
        List<Step> steps = new ArrayList<>(swarm.steps());
        Collections.shuffle(steps, new Random(SEED));
        Set<String> bad = new HashSet<>();
        for (int i = 500; i < steps.size(); i += 1_000) {
            steps.set(i, steps.get(i).renamed("bad"));
            bad.add(steps.get(i).id());
        }
        Set<String> large = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            int at = 700 + 1_250 * i;
            steps.set(at, steps.get(at).enlarged(List.of(600_000, 2 * MB, 5 * MB, 12 * MB).get(i % 4)));
            large.add(steps.get(at).id());
        }
        // and a server that refuses bad spans, wants pauses, and stops storing media in the middle
        langfuse.refuse(span -> span.getName().equals("bad"));
        langfuse.quota(40, Duration.ofSeconds(1));
        Failure tooMany = new Failure.Status(429, Map.of("Retry-After", "1"));
        langfuse.failNext(tooMany, tooMany);
        try (SpanTopic topic = new SpanTopic(services.addresses(), new TopicNames("swarm."));
                KafkaStreams _ = topic.placing(directory);
                TraceSender sender = topic.sender(langfuse.url(), FAST)) {
            // when
            long before = System.nanoTime();
            topic.tell(swarm.told(steps.subList(0, 5_000)));
            eventually().until(() -> sender.stats().uploads() >= 2);
            langfuse.media(MediaMode.NO_BUCKET);
            topic.tell(swarm.told(steps.subList(5_000, steps.size())));
            Set<String> good = steps.stream().map(Step::id).filter(id -> !bad.contains(id))
                    .collect(Collectors.toSet());
            eventually().until(() -> langfuse.spanCount() >= good.size()
                    && langfuse.spans().stream().map(StoredSpan::id).collect(Collectors.toSet()).containsAll(good));
            eventually().until(() -> topic.letters().size() >= bad.size());
            eventually().until(() -> sender.stats().waiting() == 0);
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
        for (PlacedSpan span : SwarmSpans.placed(steps)) {
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
                .isPresent()).map(part -> part.parent().orElseThrow()).distinct()).isSubsetOf(large);
        List<Received> requests = langfuse.requests().stream().filter(Received::isTraces).toList();
        assertThat(requests).allSatisfy(request -> assertThat(request.bytes()).isLessThanOrEqualTo(3_500_000));
        assertThat(langfuse.requests()).anyMatch(request -> request.status() == 429);
        assertThat(langfuse.complaints()).isEmpty();
    }

    @Test
    void shouldLoseNothingWhenItIsKilled(SharedServices services) throws Exception {
        // given
        List<Step> steps = new ArrayList<>(SwarmSpans.of(1_500, 20, SEED).steps());
        steps.set(750, steps.get(750).enlarged(300_000));
        List<PlacedSpan> spans = SwarmSpans.placed(steps);
        try (SpanTopic topic = new SpanTopic(services.addresses(), new TopicNames("killed."))) {
            topic.write(spans);
            // when it is killed while it sends, once also while an answer is outstanding
            for (int kill = 1; kill <= 2; kill++) {
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
        List<PlacedSpan> spans = SwarmSpans.placed(SwarmSpans.of(1_500, 10, SEED).steps());
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
