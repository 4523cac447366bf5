package io.mnemosyne.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.TimeRange;

/**
 * The body of a question to memory.
 *
 * @param after a record that the answer must know, if one is given
 * @param patience for that record, at most
 * @param tokens that the passages of the answer have together, about
 * @param text whether the answer alone is wanted, as text
 */
record QueryRequest(MemoryQuery query, Memory.Answer answer, Optional<Position> after, Duration patience, long tokens,
        boolean text) {
    private static final String EXAMPLE = "{\"question\": \"Which port does the registry use?\"}";
    private static final int LONGEST_QUESTION = 20_000;
    private static final int LONGEST_TAG = 100;
    private static final int MOST_TAGS = 20;
    private static final long DEFAULT_WAIT = 2_000;
    private static final long MOST_TOKENS = 100_000;

    /**
     * Reads a body.
     *
     * @param redact takes the credentials out of the question
     * @param zone in which a day begins
     * @throws Problem that names every field that is wrong
     */
    static QueryRequest of(String body, Memory.Defaults defaults, Function<String, String> redact, ZoneId zone) {
        Fields fields = new Fields(Body.object(body, EXAMPLE));
        String question = question(fields);
        Set<MemoryQuery.Kind> kinds = fields.names("kinds", MemoryQuery.Kind.class);
        Set<SemanticObject.Type> types = fields.names("types", SemanticObject.Type.class);
        Set<String> tags = tags(fields);
        Optional<TimeRange> time = time(fields, zone);
        Optional<SeqRange> seqs = seqs(fields);
        int k = (int) fields.number("k", 1, MemoryQuery.MOST).orElse(defaults.k());
        boolean stale = fields.flag("stale");
        Memory.Answer answer = fields.name("answer", Memory.Answer.class).orElse(defaults.answer());
        Optional<Position> after = fields.text("after").flatMap(token -> position(fields, token));
        Duration wait = Duration.ofMillis(fields.number("wait", 0, Integer.MAX_VALUE).orElse(DEFAULT_WAIT));
        long tokens = fields.number("tokens", 1, MOST_TOKENS).orElse(defaults.tokens());
        boolean text = fields.text("format").filter(format -> fields.isOneOf("format", format, "json", "text"))
                .equals(Optional.of("text"));
        if (text && answer == Memory.Answer.NONE) {
            fields.wrong("format", "is 'text', but with 'answer' none there is no text: leave one of them out");
        }
        fields.throwIfWrong("no question to memory");
        return new QueryRequest(new MemoryQuery(redact.apply(question), kinds, types, tags, time, seqs, k, stale),
                answer, after, wait, tokens, text);
    }

    private static String question(Fields fields) {
        String question = fields.text("question").orElse("");
        if (question.isBlank()) {
            fields.wrong("question", "must be a text that is not blank");
        } else if (question.length() > LONGEST_QUESTION) {
            fields.wrong("question",
                    "has " + question.length() + " characters; at most " + LONGEST_QUESTION + " are taken");
        }
        return question;
    }

    private static Set<String> tags(Fields fields) {
        Set<String> tags = fields.texts("tags").stream().map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.isEmpty() || tag.length() > LONGEST_TAG)) {
            fields.wrong("tags", "must be at most " + MOST_TAGS + " texts of 1 to " + LONGEST_TAG + " characters");
        }
        return tags;
    }

    private static Optional<TimeRange> time(Fields fields, ZoneId zone) {
        Optional<Instant> from = fields.moment("from", zone, 0);
        Optional<Instant> to = fields.moment("to", zone, 1);
        if (Stream.of(from, to).flatMap(Optional::stream).findAny().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TimeRange(from, to));
        } catch (IllegalArgumentException e) {
            fields.wrong("to", "is before 'from'");
            return Optional.empty();
        }
    }

    private static Optional<SeqRange> seqs(Fields fields) {
        Optional<JsonNode> given = fields.value("seqs");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        JsonNode from = given.get().path("from");
        JsonNode to = given.get().path("to");
        if (given.get().size() == 2 && from.canConvertToExactIntegral() && to.canConvertToExactIntegral()
                && from.canConvertToLong() && to.canConvertToLong()
                && from.asLong() >= 0 && to.asLong() >= from.asLong()) {
            return Optional.of(new SeqRange(from.asLong(), to.asLong()));
        }
        fields.wrong("seqs", "must be numbers of turns such as {\"from\": 10, \"to\": 20}, both from 0 and in order");
        return Optional.empty();
    }

    private static Optional<Position> position(Fields fields, String token) {
        try {
            return Optional.of(PositionToken.parse(token));
        } catch (Problem e) {
            fields.wrong("after", "must be a 'position' that this service gave out");
            return Optional.empty();
        }
    }
}
