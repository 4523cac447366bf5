package io.mnemosyne.inference.prompts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.reflect.Phrases;

/** Makes typed entries of what a model wrote. What is wrong is left out, and said. */
record EntryReader(Evidence evidence, OwnWords ownWords) {
    /** Longest text of an entry, characters. */
    private static final int LONGEST = 2_000;

    /** The entries that hold, in the order of their turns. */
    List<LogEntry> read(JsonNode entries, Problems problems) {
        List<LogEntry> read = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            String place = "entry " + (i + 1);
            read(entries.get(i), place, problems).ifPresent(entry -> {
                if (known.add(entry.seqs() + entry.text())) {
                    read.add(entry);
                } else {
                    problems.add("entry.dropped.repeated", place + " says the same as an entry before it");
                }
            });
        }
        read.sort(Comparator.comparingLong((LogEntry entry) -> entry.seqs().from())
                .thenComparingLong(entry -> entry.seqs().to()));
        return read;
    }

    private Optional<LogEntry> read(JsonNode entry, String place, Problems problems) {
        Optional<SeqRange> seqs = seqs(entry, place, problems);
        Optional<Priority> priority = constant(Priority.class, entry.path("priority"));
        Optional<Kind> kind = constant(Kind.class, entry.path("kind"));
        if (seqs.isEmpty()) {
            return Optional.empty();
        }
        if (priority.isEmpty() || kind.isEmpty()) {
            problems.add("entry.dropped.value", place + " has a "
                    + (priority.isEmpty() ? "priority" : "kind") + " that there is not");
            return Optional.empty();
        }
        return text(entry.path("text"), LONGEST, place, problems)
                .map(text -> grounded(priority.get(), kind.get(), seqs.get(), entry.path("at"), text, problems));
    }

    /**
     * Where something rests.
     *
     * @param item with the fields {@code from} and {@code to}
     */
    Optional<SeqRange> seqs(JsonNode item, String place, Problems problems) {
        JsonNode from = item.path("from");
        JsonNode to = item.path("to");
        if (!isSeq(from) || !isSeq(to) || to.longValue() < from.longValue()) {
            problems.add("entry.dropped.seqs", place + " needs two numbers of turns, from and to, in this order");
            return Optional.empty();
        }
        SeqRange seqs = new SeqRange(from.longValue(), to.longValue());
        if (!evidence.wasShown(seqs)) {
            problems.add("entry.dropped.seqs",
                    place + " rests on turns " + seqs + ", but shown were turns out of " + evidence.range());
            return Optional.empty();
        }
        return Optional.of(seqs);
    }

    private static boolean isSeq(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0;
    }

    /** A text that says something of its own, clipped. */
    Optional<String> text(JsonNode node, int maxChars, String place, Problems problems) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            problems.add("entry.dropped.blank", place + " has no text");
            return Optional.empty();
        }
        String text = node.textValue().strip();
        if (ownWords.areIn(text)) {
            problems.add("entry.dropped.copied", place + " repeats these instructions or a marker of a fence");
            return Optional.empty();
        }
        return Optional.of(Phrases.clip(text, maxChars));
    }

    /** The entry as far as what was shown bears it out. */
    private LogEntry grounded(Priority priority, Kind kind, SeqRange seqs, JsonNode at, String text,
            Problems problems) {
        Optional<Instant> said = time(at, seqs, problems);
        if (evidence.allows(kind, seqs)) {
            return new LogEntry(priority, kind, seqs, said, text);
        }
        problems.add("entry.kind-changed", "turn " + seqs.from() + " is not one in which a user asks for something");
        return new LogEntry(priority == Priority.CRITICAL ? Priority.NOTABLE : priority, Kind.FACT, seqs, said, text);
    }

    /** What the model says if that is possible, else the time of the newest turn; nothing if no time is known. */
    private Optional<Instant> time(JsonNode at, SeqRange seqs, Problems problems) {
        List<Instant> times = evidence.times(seqs);
        Optional<Instant> claimed = instant(at).filter(time -> !times.isEmpty()
                && !time.isBefore(Collections.min(times)) && !time.isAfter(Collections.max(times)));
        if (claimed.isEmpty() && !at.asText().isEmpty()) {
            problems.add("entry.time-changed", "turns " + seqs + " are not of the time that an entry gives them");
        }
        return claimed.or(() -> times.stream().max(Comparator.naturalOrder()));
    }

    private static Optional<Instant> instant(JsonNode at) {
        try {
            return at.isTextual() && !at.textValue().isEmpty()
                    ? Optional.of(OffsetDateTime.parse(at.textValue()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, JsonNode name) {
        try {
            return name.isTextual()
                    ? Optional.of(Enum.valueOf(type, name.textValue().strip().toUpperCase(Locale.ROOT)))
                    : Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
