package io.mnemosyne.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.trace.Link;
import io.mnemosyne.core.trace.Link.TurnSeen;
import io.mnemosyne.core.trace.SpanRecord;

/** What is kept of threads, in rows. Their keys begin with the thread's home and sort by incarnation and seq. */
record HomeRows(KeyValueStore<String, HomeHead> heads, KeyValueStore<String, Link> links,
        KeyValueStore<String, TurnSeen> turns, KeyValueStore<String, SpanRecord> held,
        KeyValueStore<String, HomeMessage.Ask> asks) {
    private static final long FIRST = 0;

    static HomeRows of(ProcessorContext<?, ?> context) {
        return new HomeRows(context.getStateStore(Stores.HOMES), context.getStateStore(Stores.LINKS),
                context.getStateStore(Stores.TURNS), context.getStateStore(Stores.HELD),
                context.getStateStore(Stores.ASKS));
    }

    HomeHead head(String home) {
        return Optional.ofNullable(heads.get(home)).orElse(HomeHead.FRESH);
    }

    Optional<Link> link(String home, long incarnation, long fromSeq) {
        return Optional.ofNullable(links.get(row(home, incarnation, fromSeq)));
    }

    void put(String home, Link link) {
        links.put(row(home, link.incarnation(), link.fromSeq()), link);
    }

    /** The link that a turn falls under: the last that begins at it or before. */
    Optional<Link> linkOf(String home, long incarnation, long seq) {
        try (KeyValueIterator<String, Link> found = links.reverseRange(row(home, incarnation, FIRST),
                row(home, incarnation, seq))) {
            return found.hasNext() ? Optional.of(found.next().value) : Optional.empty();
        }
    }

    /** The last turn that falls under a link. */
    long lastOf(String home, Link link) {
        try (KeyValueIterator<String, Link> found = links.range(
                row(home, link.incarnation(), link.fromSeq() + 1), row(home, link.incarnation(), Long.MAX_VALUE))) {
            return found.hasNext() ? found.next().value.fromSeq() - 1 : Long.MAX_VALUE;
        }
    }

    TurnSeen turn(String home, long incarnation, long seq) {
        return Optional.ofNullable(turns.get(row(home, incarnation, seq))).orElse(TurnSeen.NOTHING);
    }

    void put(String home, long incarnation, long seq, TurnSeen seen) {
        turns.put(row(home, incarnation, seq), seen);
    }

    /** Drops a link and what is known of its turns. */
    void drop(String home, Link link) {
        keys(turns, row(home, link.incarnation(), link.fromSeq()),
                row(home, link.incarnation(), lastOf(home, link))).forEach(turns::delete);
        links.delete(row(home, link.incarnation(), link.fromSeq()));
    }

    /** Keeps a span until its link is decided; answers its key. */
    String hold(String home, long incarnation, long seq, long number, SpanRecord span) {
        String key = row(home, incarnation, seq) + "|" + digits(number);
        held.put(key, span);
        return key;
    }

    List<String> held(String home, long incarnation, long fromSeq, long toSeq) {
        return keys(held, row(home, incarnation, fromSeq), row(home, incarnation, toSeq) + "~");
    }

    /** Keeps an ask until it can be answered; answers its key. */
    String keep(String home, HomeMessage.Ask ask) {
        String key = askKey(home, ask);
        asks.put(key, ask);
        return key;
    }

    boolean keeps(String home, HomeMessage.Ask ask) {
        return asks.get(askKey(home, ask)) != null;
    }

    List<String> asks(String home, long fromSeq, long toSeq) {
        return keys(asks, home + "|" + digits(fromSeq), home + "|" + digits(toSeq) + "~");
    }

    private static String askKey(String home, HomeMessage.Ask ask) {
        return home + "|" + digits(ask.caller().seq()) + "|" + ask.home() + "|" + ask.incarnation() + "|"
                + ask.fromSeq();
    }

    private static List<String> keys(KeyValueStore<String, ?> rows, String from, String to) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, ?> found = rows.range(from, to)) {
            while (found.hasNext()) {
                keys.add(found.next().key);
            }
        }
        return keys;
    }

    String rowOf(String home, Link link) {
        return row(home, link.incarnation(), link.fromSeq());
    }

    private static String row(String home, long incarnation, long seq) {
        return home + "|" + digits(incarnation) + "|" + digits(seq);
    }

    private static String digits(long number) {
        return String.format(Locale.ROOT, "%019d", number);
    }
}
