package io.mnemosyne.inference.prompts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Finds the JSON object in an answer, which may stand in a code fence or among words. */
final class AnswerJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();
    /** Braces that are tried; more are no answer. */
    private static final int TRIES = 64;

    private AnswerJson() {
    }

    /** The one answer with a list of entries; empty, with the problem said, if there is none. */
    static Optional<JsonNode> read(String answer, Problems problems) {
        Optional<JsonNode> json = with("entries", answer).filter(object -> object.path("entries").isArray());
        if (json.isEmpty()) {
            problems.add("the answer is not one JSON object with a list of entries");
        }
        return json;
    }

    /** The one answer with a summary; empty, with the problem said, if there is none. */
    static Optional<JsonNode> summary(String answer, Problems problems) {
        Optional<JsonNode> json = with("summary", answer).filter(object -> object.path("summary").isTextual());
        if (json.isEmpty()) {
            problems.add("the answer is not one JSON object with a summary");
        }
        return json;
    }

    /** The one answer to a question; empty, with the problem said, if there is none. */
    static Optional<JsonNode> recall(String answer, Problems problems) {
        Optional<JsonNode> json = with("answer", answer).filter(object -> object.path("answer").isTextual()
                && object.path("told").isBoolean() && object.path("passages").isArray());
        if (json.isEmpty()) {
            problems.add("the answer is not one JSON object with an answer, told and passages");
        }
        return json;
    }

    /**
     * The one complete object with a field. Empty if there is none, and if there are several: a model that quotes an answer out
     * of a conversation beside its own leaves open which one is meant.
     */
    private static Optional<JsonNode> with(String field, String answer) {
        List<JsonNode> found = new ArrayList<>();
        int start = answer.indexOf('{');
        for (int tries = 0; start >= 0 && tries < TRIES; tries++) {
            int next = start + 1;
            try (JsonParser parser = MAPPER.createParser(answer.substring(start))) {
                JsonNode value = MAPPER.readTree(parser);
                next = start + (int) parser.currentLocation().getCharOffset();
                if (value.has(field)) {
                    found.add(value);
                }
            } catch (IOException noJsonFromHereOn) {
                next = start + 1;
            }
            start = answer.indexOf('{', next);
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
