package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.policy.RecordedCalls;
import io.mnemosyne.replay.policy.Remembering;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares what replays write with what the topologies write, and counts what happened meanwhile. */
final class Comparison {
    private static final TokenCounter COUNTER = O200kTokenCounter.shared();
    static final Models EXTRACTOR = Models.offline(COUNTER);
    /** Its partition is the one that a test driver has, so that positions need no translation. */
    static final ThreadKey THREAD = IntStream.iterate(0, i -> i + 1)
            .mapToObj(i -> new ThreadKey("recorded", "session-" + i))
            .filter(key -> ThreadPartitioner.partitionOf(key.toString(), Topics.PARTITIONS) == 0).findFirst()
            .orElseThrow();

    private final Path scratch;
    private final Models models;
    private int replays;
    private long records;
    private long observed;
    private long reflected;
    private long states;
    private long epochs;
    private long deadlines;

    /**
     * @param scratch for state directories
     * @param models who answer both; the same to the same
     */
    Comparison(Path scratch, Models models) {
        this.scratch = scratch;
        this.models = models;
    }

    /**
     * The same records in the same order, topic by topic, and the same prompt at the end.
     *
     * @return what was written
     */
    KeptJournals compare(Recording session, long budget) throws IOException, ModelException, InterruptedException {
        Policy policy = Policy.standard().scaledTo(budget);
        KeptJournals replayed = new KeptJournals();
        Remembering.Session replay = new Remembering(policy, models, COUNTER, RecordedCalls.NONE)
                .begin(THREAD.toString(), replayed);
        session.events().forEach(replay::append);
        Assembly.Context prompt = replay.context().orElseThrow();

        KeptJournals written = new KeptJournals();
        Instant now = Instant.parse("2000-01-01T00:00:00Z");
        try (WiredTopologies topologies = new WiredTopologies(policy, Remembering.sequencer(COUNTER), COUNTER,
                models, written, Files.createTempDirectory(scratch, "state"), now)) {
            for (Event event : session.events()) {
                Instant said = event.turn().origin().at().orElse(now.plusSeconds(1));
                now = said.isBefore(now) ? now : said;
                topologies.append(THREAD, event.turn(), now);
            }
            String what = session + " at " + budget;
            same("turns of " + what, replayed.turns(), written.turns());
            same("memory of " + what, replayed.memory(), written.memory());
            same("view of " + what, replayed.view(), written.view());
            assertThat(prompt).as("prompt of %s", what).isEqualTo(
                    topologies.reader().context(THREAD, prompt.budget()).orElseThrow().assembly());
            deadlines += topologies.deadlines();
        }
        count(written);
        return written;
    }

    /** Without all of this there would have been nothing to compare. */
    void assertThatEverythingHappened() {
        assertThat(List.of(observed, reflected, states, epochs, deadlines))
                .as("observed and reflected segments, project states, epochs, activations by a deadline: %s", this)
                .allMatch(count -> count > 0);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d replays, %,d records (%,d observed and %,d reflected segments, "
                + "%,d project states, %,d epochs), %d times because of a deadline", replays, records, observed,
                reflected, states, epochs, deadlines);
    }

    private void count(KeptJournals written) {
        replays++;
        records += written.turns().size() + written.memory().size() + written.view().size();
        observed += written.count(MemoryEvent.Observed.class);
        reflected += written.count(MemoryEvent.Reflected.class);
        states += written.count(MemoryEvent.StateChanged.class);
        epochs += written.view().size();
    }

    /** One by one: a whole journal is too long to be read in a failure. */
    private static <T> void same(String what, List<T> replayed, List<T> written) {
        for (int i = 0; i < Math.min(replayed.size(), written.size()); i++) {
            assertThat(replayed.get(i)).as("record %d in %s", i, what).isEqualTo(written.get(i));
        }
        assertThat(replayed.size()).as("number of records in %s", what).isEqualTo(written.size());
    }
}
