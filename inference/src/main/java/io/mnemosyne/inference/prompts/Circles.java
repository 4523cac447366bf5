package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.reflect.Repetition;

/**
 * Recognises a model that went round in circles. Who quotes a user that says the same three times does not: texts that are
 * told again count only if they are most of many.
 */
final class Circles {
    private static final int MANY = 20;

    private Circles() {
    }

    static boolean areIn(JsonNode entries) {
        List<String> texts = StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.path("text").asText().strip()).toList();
        List<String> distinct = texts.stream().distinct().toList();
        return (texts.size() >= MANY && distinct.size() < texts.size() / 2)
                || Repetition.isDegenerate(String.join("\n", distinct));
    }
}
