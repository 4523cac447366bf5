package io.mnemosyne.inference.chat;

/**
 * A complete answer.
 *
 * @param text JSON if the provider kept to the schema; never blank
 * @param usage that the provider reported; {@link TokenUsage#NONE} if it did not
 * @param micros what it cost, in millionths of the price table's currency; 0 before anybody knows
 */
public record ChatAnswer(String text, TokenUsage usage, long micros) {
}
