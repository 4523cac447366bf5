package io.mnemosyne.index;

/** Work that goes on until it is stopped. */
interface Loop {

    /** Works until {@code stop} is stopped. An exception means that the work in hand was dropped and can be started over. */
    void run(Backoff stop);
}
