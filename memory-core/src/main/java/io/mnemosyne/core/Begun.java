package io.mnemosyne.core;

/**
 * A model call that was begun. Where it is still the newest row when its request comes again, the call may have been paid
 * for, and its answer was never recorded.
 *
 * @param stage {@code observer}, {@code reflector} or {@code summarizer}
 * @param provider who is asked first
 * @param promptVersion version of the prompt
 * @param attempt of the request, from 1
 */
public record Begun(ThreadKey thread, long incarnation, String requestHash, String stage, String provider,
        String model, String promptVersion, int attempt) implements CompletionRow {
}
