package io.mnemosyne.core.view;

/**
 * That a window was nearly full.
 *
 * @param epoch in which it was
 * @param answered whether the agent has said anything since, so that what is counted now may be of a later prompt
 */
public record Warned(long epoch, boolean answered) {
}
