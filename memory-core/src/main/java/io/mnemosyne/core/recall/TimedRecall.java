package io.mnemosyne.core.recall;

import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Function;

import io.mnemosyne.core.ThreadKey;

/**
 * Looks at the time that a question's words tell. If nothing is found there it looks at all times, and the answer then names
 * no time. A time that a query gives itself is left as it is.
 */
public final class TimedRecall implements Recall {
    private final Recall recall;
    private final Function<ThreadKey, Optional<ZonedDateTime>> newest;

    /**
     * @param recall that finds what is from a given time
     * @param newest when the newest turn of a thread was said, in the time zone of the thread; empty if that is not known
     */
    public TimedRecall(Recall recall, Function<ThreadKey, Optional<ZonedDateTime>> newest) {
        this.recall = recall;
        this.newest = newest;
    }

    @Override
    public Recollection find(ThreadKey thread, long incarnation, MemoryQuery query) {
        Optional<TimeRange> told = query.time().isPresent()
                ? Optional.empty()
                : newest.apply(thread)
                        .flatMap(at -> TimeWords.in(query.question(), at.toInstant(), at.getZone()));
        return told.map(time -> recall.find(thread, incarnation, query.at(time)))
                .filter(recollection -> !recollection.found().isEmpty())
                .orElseGet(() -> recall.find(thread, incarnation, query));
    }
}
