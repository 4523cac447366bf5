package io.mnemosyne.core.fidelity;

import java.util.List;

import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.tokens.TokenCounter;

/** Makes the shorter forms of an object without a model, out of whole lines of it. */
public final class Shortening {
    private final TokenCounter counter;

    public Shortening(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * The forms of an object.
     *
     * @param text all of it
     */
    public Forms of(SemanticObject object, String text) {
        return new Forms(form(object, Excerpt.of(text, 100 + text.length() / 4)),
                form(object, Excerpt.of(text, 100 + text.length() / 12)), form(object, ""), form(object, ""));
    }

    private Form form(SemanticObject object, String text) {
        String shown = "[Summary of " + object.type() + ": " + object.stub() + "]\n" + text;
        return new Form(shown, List.of(), counter.count(shown));
    }

    public java.util.Optional<Form> summary(SemanticObject object, String original, Fidelity fidelity,
            String modelText, List<String> declared) {
        return java.util.Optional.of(form(object, modelText));
    }
}
