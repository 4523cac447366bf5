package io.mnemosyne.inference;

/** Is told right before each call that somebody may bill. Of a call that waits and is never made it hears nothing. */
@FunctionalInterface
public interface BeforeCall {
    /** For whom it is enough to know what came of a call. */
    BeforeCall NOTHING = () -> {
    };

    /** The call is made when this returns. */
    void aboutToCall() throws InterruptedException;
}
