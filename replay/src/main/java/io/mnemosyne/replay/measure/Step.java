package io.mnemosyne.replay.measure;

/**
 * A model call of the recording.
 *
 * @param number from 0
 * @param event index of the assistant's event that followed; the history is all events before it
 */
record Step(int number, int event) {
}
