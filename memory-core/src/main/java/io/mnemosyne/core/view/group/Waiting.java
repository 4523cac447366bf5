package io.mnemosyne.core.view.group;

/**
 * A vector that is still to be compared with a neighbour's, or that came ahead of its object.
 *
 * @param since the seq that was next at the regrouping before it came
 */
record Waiting(String subject, long since, Quantised vector) {
}
