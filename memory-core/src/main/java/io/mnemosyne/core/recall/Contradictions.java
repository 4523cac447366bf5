package io.mnemosyne.core.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.SemanticObject;

/**
 * Puts what is newer before what it contradicts. Rather blind than wrong: only short statements are compared, by their words
 * alone, and what a command or a file says is no statement.
 */
public final class Contradictions {
    private static final int MOST_STATEMENTS = 60;
    private static final int LONGEST_MESSAGE = 800;
    private static final Pattern ENTRY = Pattern.compile(
            "- \\S+ (?:\\d\\d:\\d\\d )?\\[(\\d+)(?:-(\\d+))?] (?:instruction|decision|fact|request|resolution): (.*)");
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!;])\\s+|\n+");
    private static final Set<SemanticObject.Type> MESSAGES = Set.of(SemanticObject.Type.CONVERSATION_PHASE,
            SemanticObject.Type.DESIGN_DECISION);

    private Contradictions() {
    }

    /**
     * Something that was found.
     *
     * @param recalled with what it is known to have taken the place of
     * @param text all of it, or as much as is at hand
     * @param staleBy ids of what took its place
     */
    public record Known(Recalled recalled, String text, List<String> staleBy) {
        public Known {
            staleBy = List.copyOf(staleBy);
        }
    }

    /** What was found in its order, but for what is newer, which goes before what it contradicts and names it. */
    public static List<Recalled> newerFirst(List<Known> found) {
        Map<String, Set<String>> newerOf = new HashMap<>();
        Map<String, Set<String>> olderOf = new HashMap<>();
        List<Said> said = found.stream().flatMap(Contradictions::statements).toList();
        for (Known one : found) {
            one.staleBy().forEach(newer -> link(newer, one.recalled().id(), newerOf, olderOf));
            one.recalled().supersedes().forEach(older -> link(one.recalled().id(), older, newerOf, olderOf));
        }
        for (Said newer : said) {
            said.stream().filter(newer::contradicts)
                    .forEach(older -> link(newer.id(), older.id(), newerOf, olderOf));
        }
        return ordered(found, newerOf, olderOf);
    }

    /** A statement and where it was found. */
    private record Said(String id, long seq, Statement statement) {
        boolean contradicts(Said older) {
            return seq > older.seq && !id.equals(older.id) && statement.contradicts(older.statement);
        }
    }

    private static void link(String newer, String older, Map<String, Set<String>> newerOf,
            Map<String, Set<String>> olderOf) {
        boolean reversed = olderOf.getOrDefault(older, Set.of()).contains(newer);
        if (!reversed) {
            newerOf.computeIfAbsent(older, _ -> new LinkedHashSet<>()).add(newer);
            olderOf.computeIfAbsent(newer, _ -> new LinkedHashSet<>()).add(older);
        }
    }

    private static List<Recalled> ordered(List<Known> found, Map<String, Set<String>> newerOf,
            Map<String, Set<String>> olderOf) {
        Map<String, Recalled> waiting = found.stream().map(Known::recalled)
                .collect(Collectors.toMap(Recalled::id, one -> one, (one, _) -> one, LinkedHashMap::new));
        List<Recalled> ordered = new ArrayList<>();
        for (Known one : found) {
            take(one.recalled().id(), waiting, newerOf, olderOf, ordered);
        }
        return ordered;
    }

    private static void take(String id, Map<String, Recalled> waiting, Map<String, Set<String>> newerOf,
            Map<String, Set<String>> olderOf, List<Recalled> ordered) {
        Optional<Recalled> one = Optional.ofNullable(waiting.remove(id));
        if (one.isEmpty()) {
            return;
        }
        newerOf.getOrDefault(id, Set.of()).stream().filter(waiting::containsKey)
                .sorted(Comparator.comparingLong((String newer) -> -seqOf(newer, waiting)))
                .forEach(newer -> take(newer, waiting, newerOf, olderOf, ordered));
        ordered.add(one.get().superseding(olderOf.getOrDefault(id, Set.of())));
    }

    private static long seqOf(String id, Map<String, Recalled> waiting) {
        return Optional.ofNullable(waiting.get(id)).map(one -> one.seqs().to()).orElse(0L);
    }

    private static Stream<Said> statements(Known known) {
        Recalled found = known.recalled();
        return switch (found.kind()) {
            case OBSERVATION, REFLECTION -> known.text().lines().map(ENTRY::matcher).filter(Matcher::matches)
                    .flatMap(entry -> said(found.id(), seq(entry), sentences(entry.group(3))));
            case STATE -> said(found.id(), found.seqs().to(), known.text().lines());
            case OBJECT -> found.type().filter(MESSAGES::contains).isPresent()
                    && known.text().length() <= LONGEST_MESSAGE
                            ? said(found.id(), found.seqs().to(), sentences(known.text()))
                            : Stream.empty();
        };
    }

    private static long seq(Matcher entry) {
        return Long.parseLong(Optional.ofNullable(entry.group(2)).orElse(entry.group(1)));
    }

    private static Stream<String> sentences(String text) {
        return SENTENCE.splitAsStream(text);
    }

    private static Stream<Said> said(String id, long seq, Stream<String> sentences) {
        return sentences.limit(MOST_STATEMENTS).flatMap(sentence -> Statement.of(sentence).stream())
                .map(statement -> new Said(id, seq, statement));
    }
}
