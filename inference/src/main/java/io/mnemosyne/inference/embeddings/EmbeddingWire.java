package io.mnemosyne.inference.embeddings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Requests and answers of OpenAI's embeddings API, which many other servers speak too. */
final class EmbeddingWire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EmbeddingWire() {
    }

    /** @param dimensions for models whose vectors can be shortened; others refuse it */
    static String request(String model, List<String> texts, boolean dimensions, int length) {
        ObjectNode request = JSON.createObjectNode().put("model", model).put("encoding_format", "float");
        ArrayNode input = request.putArray("input");
        texts.forEach(input::add);
        if (dimensions) {
            request.put("dimensions", length);
        }
        return request.toString();
    }

    /**
     * The vectors in the order of their texts; empty if this is no answer for so many texts.
     *
     * @param body of an answer
     */
    static Optional<List<float[]>> vectors(String body, int texts) {
        List<float[]> vectors = new ArrayList<>(Collections.nCopies(texts, new float[0]));
        for (JsonNode one : json(body).path("data")) {
            int index = one.path("index").asInt(-1);
            if (index < 0 || index >= texts) {
                return Optional.empty();
            }
            vectors.set(index, values(one.path("embedding")));
        }
        return vectors.stream().allMatch(vector -> vector.length > 0) ? Optional.of(vectors) : Optional.empty();
    }

    /** Empty if a value is no number. */
    private static float[] values(JsonNode numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.path(i).asDouble(Double.NaN);
            if (!Float.isFinite(values[i])) {
                return new float[0];
            }
        }
        return values;
    }

    /** A missing node if it is no JSON. */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
