package io.mnemosyne.trace;

import io.mnemosyne.core.trace.Branch;
import io.mnemosyne.core.trace.Link;
import io.mnemosyne.core.trace.SpanEvent.Target;
import io.mnemosyne.core.trace.SpanRecord;

/** What a thread's home is told, under {@code tenant/home}. */
sealed interface HomeMessage {

    /** A span at one of the thread's turns, or to what a run of it is linked. */
    record Told(SpanRecord record) implements HomeMessage {
    }

    /** The same from a foreign producer: it may have overtaken what our own stages say of the thread. */
    record ToldByOthers(SpanRecord record) implements HomeMessage {
    }

    /**
     * A run of another thread was started by one of this thread's turns, and asks where it hangs.
     *
     * @param home whom to answer: {@code tenant/home} of the other thread
     * @param incarnation of the other thread
     * @param fromSeq first turn of the run that asks
     * @param caller the turn of this thread
     * @param waited whether the turn's other calls were waited for, if that does not say which one it was
     */
    record Ask(String home, long incarnation, long fromSeq, Target.ToTurn caller, boolean waited)
            implements
                HomeMessage {

        static Ask of(String home, Link link, Target.ToTurn caller) {
            return new Ask(home, link.incarnation(), link.fromSeq(), caller, caller.callId().isPresent());
        }

        Ask afterWaiting() {
            return new Ask(home, incarnation, fromSeq, caller, true);
        }
    }

    /** The answer to an {@link Ask}. */
    record Answer(long incarnation, long fromSeq, Branch branch) implements HomeMessage {
    }
}
