package io.mnemosyne.trace.send;

import java.util.regex.Pattern;

/**
 * How a text names media of Langfuse, which shows them in its place.
 *
 * @param source where it was taken from; ours say how to put it back
 */
record MediaToken(String contentType, String mediaId, String source) {
    /** A text that was too large for its field. */
    static final String TEXT = "mnemosyne-text";
    /** The part of a data URL after {@code data:}. */
    static final String DATA_URL = "mnemosyne-data-url";
    /** Bare base64. */
    static final String BASE64 = "mnemosyne-base64";
    static final Pattern FORM = Pattern
            .compile("@@@langfuseMedia:type=([^|@]{1,200})\\|id=([A-Za-z0-9_-]{22})\\|source=([^|@]{1,100})@@@");

    static String of(String contentType, String mediaId, String source) {
        return "@@@langfuseMedia:type=" + contentType + "|id=" + mediaId + "|source=" + source + "@@@";
    }
}
