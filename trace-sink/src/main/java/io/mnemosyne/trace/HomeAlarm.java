package io.mnemosyne.trace;

/** What a home asked to be woken for, and what follows it in the alarm. */
enum HomeAlarm {
    /** A link may have no answer: home, incarnation and first turn. */
    LINK,
    /** A link may be dropped: home, incarnation and first turn. */
    DROP,
    /** A span may have no link: key of its row. */
    HELD,
    /** The other calls of a turn were waited for: key of the ask. */
    WAITED,
    /** Nobody waits for the answer any longer: key of the ask. */
    GIVE_UP;

    /** @param row begins with the home, and a bar */
    String of(String row) {
        return this + "|" + row;
    }
}
