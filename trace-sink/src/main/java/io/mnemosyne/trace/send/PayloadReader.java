package io.mnemosyne.trace.send;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.Sha256;

/**
 * Puts fields together again that were too large for their span, from the values that a backend shows. Every part and
 * every whole is compared with its hash.
 */
public final class PayloadReader {
    private final Contents contents;

    public PayloadReader(Contents contents) {
        this.contents = contents;
    }

    /** Where the rest of a field is looked up; what is not there is an {@link IllegalStateException}. */
    public interface Contents {
        /** The bytes of media with an id. */
        byte[] media(String mediaId);

        /** The input of the span with an id, as the backend shows it: the part of a field. */
        String part(String spanId);
    }

    /**
     * The field as it was before it was sent.
     *
     * @param value of the field, as the backend shows it
     * @throws IllegalStateException if something is missing or is not what it was
     */
    public String read(String value) {
        return withPictures(text(value));
    }

    private String text(String value) {
        JsonNode reference = Reference.read(value);
        if (reference.isMissingNode()) {
            return value;
        }
        byte[] whole = reference.has("media")
                ? media(reference.path("media").asText())
                : together(reference.path("parts"));
        check("a field", whole, reference);
        return new String(whole, StandardCharsets.UTF_8);
    }

    private byte[] media(String token) {
        Matcher matcher = MediaToken.FORM.matcher(token);
        if (!matcher.matches()) {
            throw new IllegalStateException("a field refers to its content by something that is no token of Langfuse");
        }
        return contents.media(matcher.group(2));
    }

    private byte[] together(JsonNode parts) {
        var whole = new ByteArrayOutputStream();
        for (JsonNode part : parts) {
            String id = part.path("span").asText();
            // A part that was still too large for the backend is in parts itself.
            byte[] bytes = text(contents.part(id)).getBytes(StandardCharsets.UTF_8);
            check("part " + id, bytes, part);
            if (part.path("offset").asLong() != whole.size()) {
                throw new IllegalStateException("part " + id + " does not begin where the one before ends");
            }
            whole.writeBytes(bytes);
        }
        return whole.toByteArray();
    }

    private String withPictures(String text) {
        return MediaToken.FORM.matcher(text).replaceAll(token -> Matcher.quoteReplacement(switch (token.group(3)) {
            case MediaToken.DATA_URL -> "data:" + token.group(1) + ";base64," + base64(token.group(2));
            case MediaToken.BASE64 -> base64(token.group(2));
            default -> token.group();
        }));
    }

    private String base64(String mediaId) {
        return Base64.getEncoder().encodeToString(contents.media(mediaId));
    }

    private static void check(String what, byte[] bytes, JsonNode expected) {
        boolean same = bytes.length == expected.path("bytes").asLong()
                && Sha256.hex(bytes).equals(expected.path("sha256").asText());
        if (!same) {
            throw new IllegalStateException(what + " is not what was sent: it has " + bytes.length + " bytes, not "
                    + expected.path("bytes").asLong() + ", or another hash");
        }
    }
}
