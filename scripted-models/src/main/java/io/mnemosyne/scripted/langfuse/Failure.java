package io.mnemosyne.scripted.langfuse;

import java.util.Map;

/** What the server does to a request instead of answering it well. */
public sealed interface Failure {

    /** Answers with a status and stores nothing. */
    record Status(int status, Map<String, String> headers) implements Failure {
        public Status {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * Closes the connection without an answer.
     *
     * @param stored whether it had taken the request before
     */
    record Cut(boolean stored) implements Failure {
    }

    /**
     * Does not answer until it is healed or closed, and then cuts.
     *
     * @param stored whether it had taken the request before
     */
    record Hang(boolean stored) implements Failure {
    }

    /** Takes the request and answers with a status all the same, as a proxy does that lost patience. */
    record StoredBut(int status) implements Failure {
    }

    static Failure status(int status) {
        return new Status(status, Map.of());
    }
}
