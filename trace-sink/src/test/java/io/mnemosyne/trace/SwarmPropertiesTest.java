package io.mnemosyne.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the order in which the agents of a swarm are heard, and however often: every span leaves once, in its place. What
 * one of our stages says of one thread is heard in its order; what agents say themselves is heard at any time.
 */
class SwarmPropertiesTest {
    private static Sink sink;
    private static int tries;

    @BeforeContainer
    static void start() throws IOException {
        sink = new Sink(Files.createTempDirectory("swarm"));
    }

    @AfterContainer
    static void stop() {
        sink.close();
    }

    @Property(tries = 10)
    void everySpanLeavesOnceAndInItsPlace(@ForAll @IntRange(min = 0, max = 142) int branches, @ForAll long seed) {
        // given
        String tenant = "tenant-" + tries++;
        Random random = new Random(seed);
        Swarm swarm = new Swarm(tenant, branches, random);
        boolean restarts = random.nextInt(4) == 0;
        // when
        List<Swarm.Voice> voices = new ArrayList<>(swarm.voices());
        int[] said = new int[voices.size()];
        List<Integer> order = order(voices, random);
        for (int turn = 0; turn < order.size(); turn++) {
            Swarm.Voice voice = voices.get(order.get(turn));
            SpanEvent event = voice.events().get(said[order.get(turn)]++);
            for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
                tell(tenant, voice, event);
            }
            if (restarts && turn == order.size() / 2) {
                sink.restart();
            }
        }
        sink.pass(Asks.GRACE);
        List<PlacedSpan> left = sink.finished().stream().filter(span -> span.tenant().equals(tenant)).toList();
        // then
        Map<SpanId, Swarm.Spot> spots = left.stream().collect(Collectors.toMap(span -> span.span().id(),
                span -> new Swarm.Spot(span.trace(), span.parent(), span.span().facts().session().orElse("none"))));
        assertThat(spots.keySet()).containsExactlyInAnyOrderElementsOf(swarm.spots().keySet());
        assertThat(spots).allSatisfy((span, spot) -> assertThat(spot).isEqualTo(swarm.spots().get(span)));
        // when
        sink.pass(Duration.ofMinutes(40));
        // then
        assertThat(sink.finished()).isEmpty();
    }

    /** Whose turn it is to speak. */
    private static List<Integer> order(List<Swarm.Voice> voices, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int voice = 0; voice < voices.size(); voice++) {
            for (int i = 0; i < voices.get(voice).events().size(); i++) {
                order.add(voice);
            }
        }
        Collections.shuffle(order, random);
        return order;
    }

    private static void tell(String tenant, Swarm.Voice voice, SpanEvent event) {
        if (voice.foreign()) {
            sink.tellRaw(tenant, event);
        } else {
            sink.tell(tenant, event);
        }
    }
}
