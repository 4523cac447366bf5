package io.mnemosyne.trace.send;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.core.Sha256;

/**
 * What is left of a large field: its beginning and end for people, and for {@link PayloadReader} where the rest is.
 *
 * @param bytes of the whole in UTF-8
 * @param sha256 of the whole, in lower-case hex
 */
record Reference(String head, String tail, long bytes, String sha256) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEAD = 2_000;
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Set<String> ALWAYS = Set.of("head", "tail", "bytes", "sha256");

    static Reference to(String text, byte[] utf8, int fieldBytes) {
        int head = Math.min(HEAD, fieldBytes / 8);
        int headEnd = onCodePoint(text, Math.min(text.length(), head));
        int tailStart = onCodePoint(text, Math.max(headEnd, text.length() - head / 2));
        return new Reference(text.substring(0, headEnd), text.substring(tailStart), utf8.length, Sha256.hex(utf8));
    }

    /** To content that was uploaded. */
    String json(String mediaToken) {
        return JSON.createObjectNode().put("head", head).put("media", mediaToken).put("tail", tail)
                .put("bytes", bytes).put("sha256", sha256).toString();
    }

    /** To content in parts. */
    String json(List<Parts.Entry> parts) {
        var object = JSON.createObjectNode().put("head", head).put("tail", tail).put("bytes", bytes).put("sha256",
                sha256);
        var array = object.putArray("parts");
        parts.forEach(part -> array.addObject().put("span", part.span()).put("offset", part.offset())
                .put("bytes", part.bytes()).put("sha256", part.sha256()));
        return object.toString();
    }

    /** The reference that a field's value is; a missing node if it is something else. */
    static JsonNode read(String value) {
        boolean possible = value.startsWith("{\"head\":") && value.endsWith("}") && value.length() < LARGEST;
        try {
            JsonNode node = possible ? JSON.readTree(value) : JSON.missingNode();
            boolean complete = ALWAYS.stream().allMatch(node::has) && (node.has("media") ^ node.has("parts"));
            return complete ? node : JSON.missingNode();
        } catch (JsonProcessingException _) {
            return JSON.missingNode();
        }
    }

    private static int onCodePoint(String text, int index) {
        boolean splits = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return splits ? index - 1 : index;
    }
}
