package io.mnemosyne.index;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.index.Index.RefusedException;

/**
 * Waits until what was written is found by a search, for callers that must read what they just wrote. Thread-safe.
 *
 * <p>A wait costs one look-up by id every 20 to 200 ms until all documents are there, and then one refresh of the index:
 * some ten milliseconds, more when much was written since the last one. Refreshing makes small segments that have to be
 * merged later, so wait only where somebody asks for it; everybody else finds a document after the refresh interval.
 */
public final class IndexedWait {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Requests requests;
    private final String alias;

    /** @param connection stays the caller's to close */
    public IndexedWait(Connection connection, IndexSettings settings) {
        this.requests = new Requests(connection.client());
        this.alias = settings.prefix();
    }

    /**
     * The id of a document.
     *
     * @param row id of an object; {@code w<seq>} for the window that begins with a turn; {@code state.<field>}
     */
    public static String id(ThreadKey thread, long incarnation, String row) {
        return new Documents(thread, incarnation).id(row);
    }

    /**
     * Waits until all of these documents have their text and are found by a search.
     *
     * @param ids see {@link #id}
     * @return false if some of them were not there in time
     * @throws IOException if the index does not answer or answers with an error
     */
    public boolean await(Collection<String> ids, Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Duration pause = FIRST_PAUSE;
        Set<String> missing = new HashSet<>(ids);
        while (true) {
            missing.removeAll(present(missing));
            if (missing.isEmpty()) {
                requests.call(client -> client.indices().refresh(refresh -> refresh.index(alias)));
                return true;
            }
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Those that are there, also if no search finds them yet. One that still waits for its text has no tenant. */
    private List<String> present(Set<String> ids) throws IOException {
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            return requests.call(client -> client.mget(
                    get -> get.index(alias).ids(List.copyOf(ids)).sourceIncludes(Field.TENANT), JsonNode.class)).docs()
                    .stream().flatMap(item -> item.isResult()
                            ? Stream.of(item.result())
                            : Stream.empty())
                    .filter(found -> found.found() && found.source() != null && found.source().has(Field.TENANT))
                    .map(found -> found.id()).toList();
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }
}
