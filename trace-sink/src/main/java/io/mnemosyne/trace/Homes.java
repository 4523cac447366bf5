package io.mnemosyne.trace;

import java.time.Duration;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.Link;
import io.mnemosyne.core.trace.Link.TurnSeen;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.TraceIds;

/**
 * Finds for each span at a turn its place in a trace, or holds it until that is known.
 *
 * <p>Ingest says the links of a thread in the order of its turns, each before anything else of its turns. So once our own
 * stages told of a turn, every link up to it is known. What agents say may overtake that, and waits for it.
 */
final class Homes {
    private static final Duration KEPT = Duration.ofHours(24);

    private final HomeRows rows;
    private final Alarms alarms;
    private final HomeOutlet outlet;
    private final Asks asks;
    private final JoinTimes times;

    Homes(HomeRows rows, Alarms alarms, HomeOutlet outlet, Asks asks, JoinTimes times) {
        this.rows = rows;
        this.alarms = alarms;
        this.outlet = outlet;
        this.asks = asks;
        this.times = times;
    }

    void link(String home, Link link) {
        if (rows.link(home, link.incarnation(), link.fromSeq()).isPresent()) {
            outlet.count("link.repeated");
            return;
        }
        rows.put(home, link);
        String row = rows.rowOf(home, link);
        alarms.set(outlet.now().plus(KEPT), HomeAlarm.DROP.of(row));
        link.caller().ifPresent(caller -> {
            alarms.set(outlet.now().plus(times.parent()), HomeAlarm.LINK.of(row));
            String tenant = link.thread().tenant();
            outlet.send(tenant + "/" + TraceIds.home(tenant, caller.thread()),
                    HomeMessage.Ask.of(home, link, caller));
        });
        advance(home, link.incarnation(), link.fromSeq());
        if (link.branch().isPresent()) {
            follow(home, link);
        }
    }

    void tell(String home, SpanRecord told, boolean byUs) {
        Place.AtTurn place = placeOf(told.event());
        note(home, told, place);
        if (byUs) {
            advance(home, place.incarnation(), place.seq());
        }
        Optional<Link> link = linkOf(home, place);
        if (settled(home, place, link)) {
            place(home, link.orElseThrow(), told, place);
        } else {
            hold(home, told, place, link);
        }
    }

    void answer(String home, HomeMessage.Answer answer) {
        rows.link(home, answer.incarnation(), answer.fromSeq()).filter(link -> link.branch().isEmpty())
                .ifPresent(link -> decide(home, link.decided(answer.branch())));
    }

    void giveUp(String home, Link link) {
        if (link.branch().isEmpty()) {
            outlet.count("link.unanswered");
            decide(home, link.unanswered());
        }
    }

    /** A span has waited long enough for a link, or for our own stages to tell of its turn. */
    void giveUp(String home, String key) {
        Optional.ofNullable(rows.held().get(key)).ifPresent(told -> {
            Place.AtTurn place = placeOf(told.event());
            Optional<Link> link = linkOf(home, place);
            if (link.filter(it -> it.branch().isEmpty()).isPresent()) {
                alarms.set(outlet.now().plus(times.parent()), HomeAlarm.HELD.of(key));
                return;
            }
            release(home, key, told, place, link.orElseGet(() -> strand(home, told, place)));
        });
    }

    /** Drops a link that a later one has replaced long ago. */
    void drop(String home, Link link) {
        if (rows.head(home).incarnation() > link.incarnation() || rows.lastOf(home, link) != Long.MAX_VALUE) {
            rows.drop(home, link);
        } else {
            alarms.set(outlet.now().plus(KEPT), HomeAlarm.DROP.of(rows.rowOf(home, link)));
        }
    }

    private Link strand(String home, SpanRecord told, Place.AtTurn place) {
        Link link = Link.unknown(new ThreadKey(told.tenant(), place.thread()), place.incarnation());
        outlet.count("link.missing");
        rows.put(home, link);
        follow(home, link);
        return link;
    }

    private void note(String home, SpanRecord told, Place.AtTurn place) {
        TurnSeen before = rows.turn(home, place.incarnation(), place.seq());
        TurnSeen after = before.and(new ThreadKey(told.tenant(), place.thread()), place, told.event());
        if (!after.equals(before)) {
            rows.put(home, place.incarnation(), place.seq(), after);
        }
    }

    private void decide(String home, Link link) {
        rows.put(home, link);
        follow(home, link);
    }

    /** Places and answers what has waited for a link. */
    private void follow(String home, Link link) {
        long last = rows.lastOf(home, link);
        release(home, link.incarnation(), link.fromSeq(), last);
        if (rows.head(home).incarnation() == link.incarnation()) {
            asks.review(home, link.fromSeq(), last);
        }
    }

    private void advance(String home, long incarnation, long seq) {
        HomeHead before = rows.head(home);
        HomeHead after = before.heard(incarnation, seq);
        if (!after.equals(before)) {
            rows.heads().put(home, after);
            long first = before.incarnation() == incarnation ? before.seq() + 1 : 0;
            release(home, incarnation, first, seq);
            asks.review(home, first, seq);
        }
    }

    private void release(String home, long incarnation, long fromSeq, long toSeq) {
        if (rows.head(home).held() > 0) {
            rows.held(home, incarnation, fromSeq, toSeq).forEach(key -> {
                SpanRecord told = rows.held().get(key);
                Place.AtTurn place = placeOf(told.event());
                Optional<Link> link = linkOf(home, place);
                if (settled(home, place, link)) {
                    release(home, key, told, place, link.orElseThrow());
                }
            });
        }
    }

    private void release(String home, String key, SpanRecord told, Place.AtTurn place, Link link) {
        if (rows.held().delete(key) != null) {
            rows.heads().put(home, rows.head(home).holding(-1));
            place(home, link, told, place);
        }
    }

    private void hold(String home, SpanRecord told, Place.AtTurn place, Optional<Link> link) {
        HomeHead head = rows.head(home);
        rows.heads().put(home, head.holding(1));
        String key = rows.hold(home, place.incarnation(), place.seq(), head.next(), told);
        boolean followed = link.filter(it -> it.incarnation() == place.incarnation() && it.branch().isEmpty())
                .isPresent();
        if (!followed || !head.knows(place.incarnation(), place.seq())) {
            alarms.set(outlet.now().plus(times.parent()), HomeAlarm.HELD.of(key));
        }
    }

    private void place(String home, Link link, SpanRecord told, Place.AtTurn place) {
        Link heard = link.heard(told.event());
        if (!heard.equals(link)) {
            rows.put(home, heard);
        }
        outlet.place(heard.place(told.event(), place));
    }

    private boolean settled(String home, Place.AtTurn place, Optional<Link> link) {
        return link.filter(it -> it.branch().isPresent() && rows.head(home).knows(it.incarnation(), place.seq()))
                .isPresent();
    }

    /** Agents do not know how often their thread was deleted, and leave that at 0. */
    private Optional<Link> linkOf(String home, Place.AtTurn place) {
        Optional<Link> exact = rows.linkOf(home, place.incarnation(), place.seq());
        return exact.isPresent() || place.incarnation() > 0
                ? exact
                : rows.linkOf(home, rows.head(home).incarnation(), place.seq());
    }

    private static Place.AtTurn placeOf(SpanEvent event) {
        Place place = switch (event) {
            case SpanEvent.Finished finished -> finished.place();
            case SpanEvent.Started started -> started.place();
            case SpanEvent.Ended ended -> ended.place();
            case SpanEvent.Linked _ -> throw new IllegalArgumentException("a link has no place");
        };
        if (place instanceof Place.AtTurn atTurn) {
            return atTurn;
        }
        throw new IllegalArgumentException("what is in a trace has no home");
    }
}
