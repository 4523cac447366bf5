package io.mnemosyne.core.recall;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A short sentence that says how something is, taken apart by its words alone.
 *
 * @param subject words in front of the verb, without articles
 * @param verb in one form
 * @param frame all words that name what it is about: neither verb, nor value, nor words that every sentence has
 * @param values what could be otherwise: numbers, days, names
 * @param rest words behind the verb that are no values
 * @param negated whether it says that something is not so
 * @param changes whether it says that something is otherwise than before
 */
record Statement(Set<String> subject, String verb, Set<String> frame, Map<Value, Set<String>> values, Set<String> rest,
        boolean negated, boolean changes) {
    private static final int LONGEST = 240;
    private static final int MOST_WORDS = 24;
    private static final Pattern WORD = Pattern
            .compile("[`\"][^`\"\n]{1,60}[`\"]|[\\p{L}\\p{N}][\\p{L}\\p{N}'’_./:%@+-]*");
    private static final Pattern NUMBER = Pattern.compile("v?\\d+(?:[.,:]\\d+)*(?:%|[kmgt]?b|ms|s|min|h|k|m)?");
    private static final Set<String> DAYS = Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
            "sunday", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "january",
            "february", "march", "april", "june", "july", "august", "september", "october", "november", "december");
    private static final Set<String> CHANGE = Set.of("now", "instead", "actually", "anymore", "longer", "changed",
            "moved",
            "switched", "correction", "renamed", "replaced", "migrated");
    private static final Set<String> NEGATION = Set.of("not", "never", "no", "cannot", "don't", "doesn't", "isn't",
            "aren't",
            "won't", "can't", "shouldn't", "mustn't", "wasn't", "without");
    private static final Set<String> EMPTY = Set.of("the", "a", "an", "this", "that", "to", "of", "in", "on", "at",
            "for",
            "by", "with", "and", "our", "my", "your", "its", "it", "from", "so", "please", "always", "should", "will",
            "be",
            "been", "do", "does", "did", "has", "have", "had", "must", "can", "ok", "okay", "yes", "just", "only",
            "than",
            "then", "still", "said", "as");
    /** Verbs that say how something is, by the form that all of them stand for. */
    private static final Map<String, String> VERBS = Map.ofEntries(Map.entry("is", "is"), Map.entry("are", "is"),
            Map.entry("was", "is"), Map.entry("were", "is"), Map.entry("use", "use"), Map.entry("uses", "use"),
            Map.entry("used", "use"), Map.entry("prefer", "prefer"), Map.entry("prefers", "prefer"),
            Map.entry("lives", "live"), Map.entry("live", "live"), Map.entry("listens", "listen"),
            Map.entry("runs", "run"), Map.entry("deploy", "deploy"), Map.entry("deploys", "deploy"),
            Map.entry("called", "call"), Map.entry("named", "call"), Map.entry("costs", "cost"),
            Map.entry("takes", "take"), Map.entry("needs", "need"), Map.entry("wants", "want"),
            Map.entry("want", "want"),
            Map.entry("changed", "change"), Map.entry("moved", "change"), Map.entry("switched", "change"),
            Map.entry("renamed", "change"), Map.entry("set", "is"), Map.entry("commit", "commit"),
            Map.entry("write", "write"), Map.entry("keep", "keep"), Map.entry("equals", "is"));
    private static final Map<String, String> PERSONS = Map.of("i", "user", "i'm", "user", "me", "user", "we", "user",
            "us",
            "user");

    /** How many words two statements must share: of what one person lives in there is one place, of what they use there are many. */
    private static final Map<String, Integer> LEAST_FRAME = Map.of("use", 3, "is", 1, "prefer", 1, "live", 1, "listen",
            1,
            "run", 1, "deploy", 1, "cost", 1, "call", 1, "change", 1);

    /** What a value is of. */
    enum Value {
        NUMBER,
        DAY,
        NAME
    }

    /** Takes a sentence apart; empty if it asks, has no verb that is known, or is too long to be compared. */
    static Optional<Statement> of(String sentence) {
        String text = sentence.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.endsWith("?")) {
            return Optional.empty();
        }
        List<String> words = WORD.matcher(text).results().map(match -> trimmed(match.group())).toList();
        Optional<Integer> verb = IntStream.range(0, words.size())
                .filter(i -> VERBS.containsKey(lower(words.get(i)))).boxed().findFirst();
        if (words.size() > MOST_WORDS || verb.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(read(words, verb.get()));
    }

    private static Statement read(List<String> words, int verb) {
        Set<String> subject = new LinkedHashSet<>();
        Set<String> frame = new LinkedHashSet<>();
        Set<String> rest = new LinkedHashSet<>();
        Map<Value, Set<String>> values = new EnumMap<>(Value.class);
        boolean negated = false;
        boolean changes = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String lower = lower(word);
            negated |= NEGATION.contains(lower);
            changes |= CHANGE.contains(lower);
            if (i == verb || EMPTY.contains(lower) || NEGATION.contains(lower) || CHANGE.contains(lower)) {
                continue;
            }
            Optional<Value> value = i > 0 && i > verb ? value(word) : Optional.empty();
            if (value.isPresent()) {
                values.computeIfAbsent(value.get(), _ -> new LinkedHashSet<>()).add(lower);
            } else {
                String plain = PERSONS.getOrDefault(lower, lower);
                frame.add(plain);
                (i < verb ? subject : rest).add(plain);
            }
        }
        return new Statement(subject, VERBS.getOrDefault(lower(words.get(verb)), ""), frame, values, rest, negated,
                changes);
    }

    /** Whether this one, said later, cannot be true together with another one. */
    boolean contradicts(Statement older) {
        boolean sameVerb = verb.equals(older.verb) || changes;
        if (!sameVerb) {
            return false;
        }
        return hasOtherValue(older) || isTurnedRound(older) || isChanged(older);
    }

    /** The same is said of the same, with another number, day or name. */
    private boolean hasOtherValue(Statement older) {
        boolean particular = frame.size() >= LEAST_FRAME.getOrDefault(verb, 2);
        return particular && negated == older.negated && frame.equals(older.frame)
                && values.keySet().equals(older.values.keySet())
                && values.entrySet().stream()
                        .filter(value -> !value.getValue().equals(older.values.get(value.getKey())))
                        .count() == 1
                && values.values().stream().allMatch(value -> value.size() == 1)
                && older.values.values().stream().allMatch(value -> value.size() == 1);
    }

    /** The same is said with and without a "not". */
    private boolean isTurnedRound(Statement older) {
        return negated != older.negated && words().size() >= 2 && words().equals(older.words());
    }

    /** The same subject, of which something else is said now. */
    private boolean isChanged(Statement older) {
        return changes && !subject.isEmpty() && subject.equals(older.subject) && negated == older.negated
                && !words().equals(older.words()) && restDiffers(older);
    }

    /** One word, value or not, stands in place of another. */
    private boolean restDiffers(Statement older) {
        Set<String> mine = behind();
        Set<String> others = older.behind();
        Set<String> onlyMine = new HashSet<>(mine);
        onlyMine.removeAll(others);
        Set<String> onlyOthers = new HashSet<>(others);
        onlyOthers.removeAll(mine);
        return onlyMine.size() == 1 && onlyOthers.size() == 1;
    }

    private Set<String> words() {
        return Stream.concat(subject.stream(), behind().stream()).collect(Collectors.toSet());
    }

    private Set<String> behind() {
        return Stream.concat(rest.stream(), values.values().stream().flatMap(Set::stream)).collect(Collectors.toSet());
    }

    private static Optional<Value> value(String word) {
        String lower = lower(word);
        if (NUMBER.matcher(lower).matches()) {
            return Optional.of(Value.NUMBER);
        }
        if (DAYS.contains(lower)) {
            return Optional.of(Value.DAY);
        }
        char first = word.charAt(0);
        boolean name = first == '`' || first == '"' || Character.isUpperCase(first)
                || word.indexOf('/') > 0 || word.indexOf('_') > 0;
        return name ? Optional.of(Value.NAME) : Optional.empty();
    }

    private static String trimmed(String word) {
        int end = word.length();
        while (end > 1 && ".:-/".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT).replace('’', '\'');
    }
}
