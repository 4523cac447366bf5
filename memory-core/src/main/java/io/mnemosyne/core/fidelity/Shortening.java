package io.mnemosyne.core.fidelity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.tokens.TokenCounter;

/** Makes the shorter forms of an object without a model, out of whole lines of it. */
public final class Shortening {
    private static final int ID_DIGITS = 8;
    /** Tokens for losses in a stub: more than its line, because it has nothing else to tell. */
    private static final int STUB_LOSSES = 120;
    /** Less room names nothing. */
    private static final int LEAST_LOSSES = 8;
    /** Tokens of a heading and the marks between what is kept, about. */
    private static final int FRAME = 100;
    /** How often a form that came out too long is made of less. */
    private static final int TRIES = 3;

    private final TokenCounter counter;

    public Shortening(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * The forms of an object. Each has fewer tokens than the one before it, or is the same where a text is so short that no
     * frame pays; of such a text the first form is all of it. Takes time in proportion to the text.
     *
     * @param text all of it
     */
    public Forms of(SemanticObject object, String text) {
        ObjectText whole = ObjectText.of(text, object.error());
        Form full = new Form(text, List.of(), object.tokens());
        Form detailed = excerpt(object, whole, Rung.DETAILED, full);
        Form compact = excerpt(object, whole, Rung.COMPACT, detailed);
        Form stub = stub(object, whole, compact);
        String gone = "[Evicted: " + object.id().substring(0, Math.min(ID_DIGITS, object.id().length())) + "]";
        return new Forms(detailed, compact, stub, shorter(form(gone, List.of()), stub));
    }

    /**
     * The form that a model's text makes, with what the text lacks of the original. What the model says that it left out is added
     * as far as it is true.
     *
     * @param original all of the object's text
     * @param fidelity {@link Fidelity#DETAILED} or {@link Fidelity#COMPACT}
     * @param modelText without heading and losses
     * @param declared losses, by the model's own account
     * @return empty if the text names paths, identifiers or numbers that the object does not have, or is no smaller than
     *         the {@link #target}
     */
    public Optional<Form> summary(SemanticObject object, String original, Fidelity fidelity, String modelText,
            List<String> declared) {
        ObjectText whole = ObjectText.of(original, object.error());
        Told told = new Told(object.stub() + "\n" + original);
        if (modelText.isBlank() || !told.hasNamesOf(modelText)
                || counter.count(modelText) >= target(object, fidelity)) {
            return Optional.empty();
        }
        String shown = heading(object) + modelText.strip() + "\n";
        Losses losses = Losses.of(whole, shown).with(declared, told, shown);
        Form full = new Form(original, List.of(), object.tokens());
        Form form = declaring(shown, counter.count(shown), losses, Rung.of(fidelity), full);
        return form.tokens() < full.tokens() ? Optional.of(form) : Optional.empty();
    }

    /** What a model's text at a fidelity must be smaller than, tokens. */
    public static long target(SemanticObject object, Fidelity fidelity) {
        return Rung.of(fidelity).tokens(object);
    }

    private Form excerpt(SemanticObject object, ObjectText whole, Rung rung, Form above) {
        long most = rung.tokens(object);
        double room = most * (whole.text().length() / (double) Math.max(1, object.tokens()));
        for (int i = 0; i < TRIES; i++) {
            Kept kept = Kept.of(whole, (int) room);
            if (kept.isWhole()) {
                return above;
            }
            String shown = heading(object) + kept.text() + "\n";
            long tokens = counter.count(shown);
            if (tokens <= most + FRAME || i == TRIES - 1) {
                return declaring(shown, tokens, Losses.of(whole, shown), rung, above);
            }
            room *= 0.95 * most / (tokens - FRAME);
        }
        return above;
    }

    private Form stub(SemanticObject object, ObjectText whole, Form above) {
        Losses losses = Losses.of(whole, object.stub());
        for (int room = STUB_LOSSES; room >= LEAST_LOSSES; room /= 2) {
            List<String> items = losses.within(room);
            String lost = items.isEmpty() ? "" : " Lost: " + String.join(", ", items) + ".";
            Form form = form("[Paged out: " + object.stub() + "." + lost + " Restore if you need: "
                    + Wording.need(object.type()) + "]", items);
            if (form.tokens() < above.tokens()) {
                return form;
            }
        }
        return above;
    }

    /**
     * A text with as many of its losses as make it shorter than the form above it; that form itself if none does.
     *
     * @param shown ends with a line break, behind which a token begins in any case, so that counts add up
     */
    private Form declaring(String shown, long tokens, Losses losses, Rung rung, Form above) {
        for (int room = rung.losses(); room >= LEAST_LOSSES && tokens < above.tokens(); room /= 2) {
            List<String> items = losses.within(room);
            String declaration = items.isEmpty() ? "" : "[Cannot answer: " + String.join(", ", items) + "]";
            long all = tokens + counter.count(declaration);
            if (all < above.tokens()) {
                return new Form(shown + declaration, items, all);
            }
        }
        return above;
    }

    private Form form(String text, List<String> losses) {
        return new Form(text, losses, counter.count(text));
    }

    private static Form shorter(Form form, Form above) {
        return form.tokens() < above.tokens() ? form : above;
    }

    private static String heading(SemanticObject object) {
        return "[Summary of " + object.type().name().toLowerCase(Locale.ROOT) + ": " + object.stub() + "]\n";
    }
}
