package io.mnemosyne.core.thread;

/**
 * The topics between a stage and its workers.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
final class Requests<Q, A> {
    final Log<Q> requests = new Log<>();
    final Log<A> results = new Log<>();
}
