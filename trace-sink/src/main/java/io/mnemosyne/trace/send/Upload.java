package io.mnemosyne.trace.send;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import com.google.protobuf.ByteString;

import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.TraceId;

/**
 * Content that goes beside its span, through Langfuse's media protocol. Its id comes out of its hash, so that equal content
 * is stored once and the span can name it before it is there.
 *
 * @param field to which of Langfuse's it belongs: {@code input}, {@code output} or {@code metadata}
 */
record Upload(TraceId trace, SpanId span, String field, String contentType, ByteString content, ByteString sha256) {
    private static final int ID_LENGTH = 22;

    static Upload of(TraceId trace, SpanId span, String field, String contentType, ByteString content) {
        return new Upload(trace, span, field, contentType, content, digest(content));
    }

    String mediaId() {
        return Base64.getUrlEncoder().encodeToString(sha256.toByteArray()).substring(0, ID_LENGTH);
    }

    String sha256Base64() {
        return Base64.getEncoder().encodeToString(sha256.toByteArray());
    }

    /** What stands for it in a field. */
    String token(String source) {
        return MediaToken.of(contentType, mediaId(), source);
    }

    private static ByteString digest(ByteString content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.asReadOnlyByteBuffer());
            return ByteString.copyFrom(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
