package io.mnemosyne.replay.measure;

/**
 * A model call of the recording.
 *
 * @param number from 0
 * @param event index of the assistant's event that followed; the history is all events before it
 */
record Step(int number, int event) {
    /** What is so many events old or younger is not endangered. */
    private static final int NEAR = 20;

    /** Whether an event is so long ago that it may have been compacted. */
    boolean isLongAfter(int earlier) {
        return event - earlier > NEAR;
    }
}
