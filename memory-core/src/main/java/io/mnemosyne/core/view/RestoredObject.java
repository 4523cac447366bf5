package io.mnemosyne.core.view;

/**
 * An object whose text is repeated at the end of the prompt as it was.
 *
 * @param id of the object
 * @param seq of its turn
 * @param after seq of the newest turn then
 * @param tokens of what is appended
 */
public record RestoredObject(String id, long seq, long after, long tokens) {
}
