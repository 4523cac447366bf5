package io.mnemosyne.inference.prompts;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.reflect.Phrases;

/** Reads the one-line fields of an answer, which may be missing. */
final class Line {
    /** A title of a few words, characters. */
    static final int TITLE = 80;
    /** A task or step, characters. */
    static final int TASK = 300;

    private Line() {
    }

    /** The line, clipped; empty if there is none, or if it is taken from our instructions. */
    static Optional<String> of(JsonNode field, int maxChars, OwnWords ownWords) {
        return Optional.ofNullable(field.textValue()).map(text -> text.strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty() && !ownWords.areIn(text)).map(text -> Phrases.clip(text, maxChars));
    }
}
