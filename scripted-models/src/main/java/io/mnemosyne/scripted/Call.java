package io.mnemosyne.scripted;

import java.time.Instant;

/**
 * A request that the server got.
 *
 * @param model empty if the request was not valid
 * @param bodyHash SHA-256 of the body, hex
 * @param status of the answer
 * @param done what the server did, for example {@code Say COMPLETE} or {@code invalid: max_tokens: Field required}
 */
public record Call(Instant at, Wire wire, String model, String bodyHash, int status, String done, Ending ending) {

    /** How the answer ended. */
    public enum Ending {
        UNDER_WAY,
        /** All of it was sent, also if that was an error. */
        SENT,
        /** The server broke it off, as its script wanted. */
        BROKEN_OFF,
        /** The client closed the connection before. */
        CLIENT_LEFT
    }

    Call ended(Ending other) {
        return new Call(at, wire, model, bodyHash, status, done, other);
    }
}
