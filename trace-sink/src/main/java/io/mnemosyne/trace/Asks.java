package io.mnemosyne.trace;

import java.time.Duration;
import java.util.Optional;

import io.mnemosyne.core.trace.JoinTimes;

/** Asks of runs that a thread's turns have started. */
final class Asks {
    /** For how long more tool calls of a turn are waited for, where an ask does not say which one it was. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final HomeRows rows;
    private final Alarms alarms;
    private final HomeOutlet outlet;
    private final JoinTimes times;

    Asks(HomeRows rows, Alarms alarms, HomeOutlet outlet, JoinTimes times) {
        this.rows = rows;
        this.alarms = alarms;
        this.outlet = outlet;
        this.times = times;
    }

    void take(String home, HomeMessage.Ask ask) {
        if (!rows.keeps(home, ask)) {
            String key = rows.keep(home, ask);
            rows.heads().put(home, rows.head(home).asked(1));
            alarms.set(outlet.now().plus(times.parent()).plus(times.parent()), HomeAlarm.GIVE_UP.of(key));
            review(home, key, ask);
        }
    }

    /** Answers what can be answered now that more is known of a stretch of turns. */
    void review(String home, long fromSeq, long toSeq) {
        if (rows.head(home).asks() > 0) {
            rows.asks(home, fromSeq, toSeq).forEach(key -> review(home, key, rows.asks().get(key)));
        }
    }

    /** The other calls of the turn that an ask names were waited for. */
    void waited(String home, String key) {
        Optional.ofNullable(rows.asks().get(key)).map(HomeMessage.Ask::afterWaiting).ifPresent(ask -> {
            rows.asks().put(key, ask);
            review(home, key, ask);
        });
    }

    void giveUp(String home, String key) {
        if (rows.asks().delete(key) != null) {
            rows.heads().put(home, rows.head(home).asked(-1));
        }
    }

    private void review(String home, String key, HomeMessage.Ask ask) {
        HomeHead head = rows.head(home);
        if (!head.knows(head.incarnation(), ask.caller().seq())) {
            return;
        }
        if (ask.waited()) {
            rows.linkOf(home, head.incarnation(), ask.caller().seq())
                    .flatMap(link -> link.branchBelow(ask.caller(),
                            rows.turn(home, head.incarnation(), ask.caller().seq())))
                    .ifPresent(branch -> {
                        giveUp(home, key);
                        outlet.send(ask.home(), new HomeMessage.Answer(ask.incarnation(), ask.fromSeq(), branch));
                    });
        } else {
            alarms.set(outlet.now().plus(GRACE), HomeAlarm.WAITED.of(key));
        }
    }
}
