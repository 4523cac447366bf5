package io.mnemosyne.core;

/**
 * One record of the {@code turns} topic. Every raw record yields exactly one.
 *
 * @param source the raw record that it was made of
 */
public record TurnsRecord(ThreadKey thread, long incarnation, Position source, TurnEvent event) {
}
