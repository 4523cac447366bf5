package io.mnemosyne.trace;

/**
 * What is known of a thread as a whole.
 *
 * @param incarnation the latest that is known
 * @param seq of its latest turn that our own stages told of; -1 for none
 * @param held spans that wait in its rows
 * @param asks asks that wait in its rows
 * @param next makes the key of the next row that is held
 */
record HomeHead(long incarnation, long seq, long held, long asks, long next) {
    static final HomeHead FRESH = new HomeHead(0, -1, 0, 0, 0);

    HomeHead heard(long ofIncarnation, long ofSeq) {
        return knows(ofIncarnation, ofSeq) ? this : new HomeHead(ofIncarnation, ofSeq, held, asks, next);
    }

    /** Whether all that our own stages said up to a turn has been read. */
    boolean knows(long ofIncarnation, long ofSeq) {
        return ofIncarnation < incarnation || (ofIncarnation == incarnation && ofSeq <= seq);
    }

    HomeHead holding(long more) {
        return new HomeHead(incarnation, seq, held + more, asks, next + Math.max(0, more));
    }

    HomeHead asked(long more) {
        return new HomeHead(incarnation, seq, held, asks + more, next);
    }
}
