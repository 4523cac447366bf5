package io.mnemosyne.index;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.index.Index.Answer;
import io.mnemosyne.index.Index.RefusedException;

/**
 * Brings changes into the index, in their order as far as it matters, and comes back only when each of them is
 * acknowledged or given up. Waits as long as it takes for an index that is down or busy.
 */
final class BulkWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

    private final Index index;
    private final int maxEntries;
    private final long maxBytes;
    private final Tally tally;
    private final InstantSource clock;
    private boolean prepared;

    BulkWriter(Index index, IndexSettings settings, Tally tally, InstantSource clock) {
        this.index = index;
        this.maxEntries = settings.bulkDocuments();
        this.maxBytes = settings.bulkBytes();
        this.tally = tally;
        this.clock = clock;
    }

    /**
     * Writes.
     *
     * @return what the index will never take
     * @throws StoppedException if patience ended before everything was settled
     */
    List<GivenUp> write(List<Entry> entries, Patience patience) {
        List<GivenUp> givenUp = new ArrayList<>();
        for (List<Entry> chunk : Chunks.of(entries, maxEntries, maxBytes)) {
            Entry first = chunk.getFirst();
            switch (first.change()) {
                case Change.ByQuery query -> apply(query, first, patience, givenUp);
                case Change.Merge _,Change.Remove _ -> send(chunk, patience, givenUp);
            }
        }
        return givenUp;
    }

    private void send(List<Entry> entries, Patience patience, List<GivenUp> givenUp) {
        List<Entry> open = entries;
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            List<Entry> again = attempt(open, attempt, patience, givenUp);
            if (!again.isEmpty()) {
                tally.retried(again.size());
                patience.pause(attempt);
            }
            open = again;
        }
    }

    /** Sends once; what comes back has to be sent again. */
    private List<Entry> attempt(List<Entry> entries, int attempt, Patience patience, List<GivenUp> givenUp) {
        try {
            return judge(entries, bulk(entries), attempt, patience, givenUp);
        } catch (RefusedException e) {
            if (Verdict.ofError(e.status(), attempt) == Verdict.AGAIN) {
                return unsettled(entries, e, attempt);
            }
            if (entries.size() == 1) {
                refuse(entries.getFirst(), e.status(), "the index refused the request", patience, givenUp);
                return List.of();
            }
            int half = entries.size() / 2;
            send(entries.subList(0, half), patience, givenUp);
            send(entries.subList(half, entries.size()), patience, givenUp);
            return List.of();
        } catch (IOException e) {
            return unsettled(entries, e, attempt);
        }
    }

    private List<Answer> bulk(List<Entry> entries) throws IOException {
        prepare();
        long start = clock.millis();
        List<Answer> answers = index.bulk(entries.stream().map(Entry::change).toList());
        tally.bulk(clock.millis() - start);
        tally.reachable(true);
        return answers;
    }

    private List<Entry> judge(List<Entry> entries, List<Answer> answers, int attempt, Patience patience,
            List<GivenUp> givenUp) {
        List<Entry> again = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Answer answer = answers.get(i);
            switch (Verdict.of(entry.change(), answer, attempt)) {
                case TAKEN -> tally.indexed(entry.single().size());
                case AGAIN -> again.add(entry);
                case REFUSED -> refuse(entry, answer.status(), answer.error(), patience, givenUp);
            }
        }
        prepared = prepared && answers.stream().noneMatch(Verdict::lacksIndex);
        return again;
    }

    /** Of what was joined only one part may be at fault, so each is tried alone. */
    private void refuse(Entry entry, int status, String reason, Patience patience, List<GivenUp> givenUp) {
        if (entry.parts().isEmpty()) {
            givenUp.add(new GivenUp(entry, status, reason));
        } else {
            entry.parts().forEach(part -> send(List.of(part), patience, givenUp));
        }
    }

    private List<Entry> unsettled(List<Entry> entries, IOException e, int attempt) {
        prepared = false;
        tally.reachable(false);
        if (Integer.bitCount(attempt) == 1) {
            LOG.atWarn().addKeyValue("index", index.name()).addKeyValue("attempt", attempt)
                    .addKeyValue("waiting", entries.size()).addKeyValue("cause", e.toString())
                    .log("the search index does not take documents; trying again");
        }
        return entries;
    }

    /** Looks up what a change concerns and changes it, until nothing more is found. */
    private void apply(Change.ByQuery query, Entry origin, Patience patience, List<GivenUp> givenUp) {
        int found;
        do {
            List<Entry> changes = lookUp(query, origin, patience, givenUp).stream()
                    .map(id -> new Entry(onDocument(query, id), origin.source())).toList();
            send(changes, patience, givenUp);
            found = changes.size();
        } while (found == Index.PAGE);
    }

    private static Change onDocument(Change.ByQuery query, String id) {
        return switch (query) {
            case Change.RemoveThread _ -> new Change.Remove(id);
            case Change.Retire retire -> new Change.Merge(id, Map.of(Field.RETIRED_BY, retire.by()), false);
        };
    }

    private List<String> lookUp(Change.ByQuery query, Entry origin, Patience patience, List<GivenUp> givenUp) {
        for (int attempt = 1;; attempt++) {
            try {
                prepare();
                return index.documentsOf(query);
            } catch (RefusedException e) {
                if (Verdict.ofError(e.status(), attempt) == Verdict.REFUSED) {
                    givenUp.add(new GivenUp(origin, e.status(), "the index refused the query"));
                    return List.of();
                }
                unsettled(List.of(origin), e, attempt);
            } catch (IOException e) {
                unsettled(List.of(origin), e, attempt);
            }
            patience.pause(attempt);
        }
    }

    private void prepare() throws IOException {
        if (prepared) {
            return;
        }
        try {
            index.prepare();
        } catch (RefusedException e) {
            throw new IOException("the index cannot be set up: " + e.getMessage(), e);
        }
        prepared = true;
    }

    /** A change that the index will never take. */
    record GivenUp(Entry entry, int status, String reason) {
    }
}
