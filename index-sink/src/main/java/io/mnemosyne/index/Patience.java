package io.mnemosyne.index;

/** How long to wait before something is tried again. */
@FunctionalInterface
interface Patience {

    /**
     * Waits.
     *
     * @param attempts that failed so far, from 1
     * @throws StoppedException if there is no more use in trying
     */
    void pause(int attempts);
}
