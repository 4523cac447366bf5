package io.mnemosyne.scripted.langfuse;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Langfuse's media and the bucket behind them. Thread-safe. */
final class MediaShelf {
    private static final Pattern CONTENT_TYPE = Pattern.compile(
            "(?:image|audio|video)/[a-z0-9.+-]+|text/(?:plain|html|css|csv|markdown)"
                    + "|application/(?:pdf|json|x-ndjson|gzip|octet-stream|xml|zip)");
    private static final Pattern TRACE = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    private static final Set<String> FIELDS = Set.of("input", "output", "metadata");
    private static final long LARGEST = 1_000_000_000;
    private static final int HASH_LENGTH = 44;

    private final Map<String, Slot> slots = new HashMap<>();
    private final InstantSource clock;
    private volatile Duration validity = Duration.ofHours(1);

    MediaShelf(InstantSource clock) {
        this.clock = clock;
    }

    private static final class Slot {
        private final String contentType;
        private final long length;
        private final String hash;
        private Instant expires;
        private byte @Nullable [] content;
        private boolean reported;

        Slot(String contentType, long length, String hash, Instant expires) {
            this.contentType = contentType;
            this.length = length;
            this.hash = hash;
            this.expires = expires;
        }
    }

    /**
     * Where something may be put.
     *
     * @param upload false if it is there
     */
    record Created(String mediaId, boolean upload) {
    }

    void expireAfter(Duration time) {
        validity = time;
    }

    /** @throws IllegalArgumentException if the request is not valid */
    synchronized Created create(JsonNode request) {
        String hash = request.path("sha256Hash").asText();
        String type = request.path("contentType").asText();
        long length = request.path("contentLength").asLong();
        require(TRACE.matcher(request.path("traceId").asText()).matches(), "traceId");
        require(!request.has("observationId") || SPAN.matcher(request.path("observationId").asText()).matches(),
                "observationId");
        require(FIELDS.contains(request.path("field").asText()), "field");
        require(CONTENT_TYPE.matcher(type).matches(), "contentType");
        require(length > 0 && length <= LARGEST, "contentLength");
        require(hash.length() == HASH_LENGTH, "sha256Hash");
        String id = Base64.getUrlEncoder().encodeToString(Base64.getDecoder().decode(hash)).substring(0, 22);
        Slot slot = slots.computeIfAbsent(id, _ -> new Slot(type, length, hash, Instant.MIN));
        slot.expires = clock.instant().plus(validity);
        return new Created(id, !(slot.reported && slot.content != null));
    }

    /** Puts content where a presigned address leads; gives back the status. */
    synchronized int put(String id, byte[] content, Optional<String> contentType, Optional<String> checksum) {
        Slot slot = slots.get(id);
        if (slot == null || clock.instant().isAfter(slot.expires)) {
            return 403;
        }
        boolean valid = contentType.filter(slot.contentType::equals).isPresent() && content.length == slot.length
                && checksum.filter(slot.hash::equals).isPresent() && slot.hash.equals(hash(content));
        if (!valid) {
            return 400;
        }
        slot.content = content;
        return 200;
    }

    /** An upload is reported; gives back the status. */
    synchronized int report(String id, JsonNode report) {
        Slot slot = slots.get(id);
        if (slot == null) {
            return 404;
        }
        if (!report.path("uploadHttpStatus").isInt() || report.path("uploadedAt").asText().isEmpty()) {
            return 400;
        }
        slot.reported |= report.path("uploadHttpStatus").asInt() == 200;
        return 200;
    }

    /** Content that was uploaded and reported. */
    synchronized Optional<byte[]> content(String id) {
        Slot slot = slots.get(id);
        return slot == null || !slot.reported ? Optional.empty() : Optional.ofNullable(slot.content);
    }

    synchronized Optional<String> contentType(String id) {
        return Optional.ofNullable(slots.get(id)).map(slot -> slot.contentType);
    }

    synchronized int size() {
        return (int) slots.values().stream().filter(slot -> slot.reported && slot.content != null).count();
    }

    private static void require(boolean holds, String parameter) {
        if (!holds) {
            throw new IllegalArgumentException("invalid " + parameter);
        }
    }

    private static String hash(byte[] content) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
