package io.mnemosyne.core.fidelity;

import java.util.List;

/**
 * What is shown in the place of an object's text.
 *
 * @param text with its heading and the declaration of its losses
 * @param losses what the original could answer and the text cannot: identifiers, paths, numbers and error lines, the most
 *            important first
 * @param tokens of the text
 */
public record Form(String text, List<String> losses, long tokens) {
    public Form {
        losses = List.copyOf(losses);
    }
}
