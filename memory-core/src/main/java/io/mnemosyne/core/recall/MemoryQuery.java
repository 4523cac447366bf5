package io.mnemosyne.core.recall;

import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;

/**
 * A question to what a thread remembers.
 *
 * @param question in the asker's words; a name, number, path or error code in it is looked for as it is
 * @param kinds to look among; empty for all
 * @param types of objects to look among; empty for all
 * @param tags of which an object must have one; empty for no such condition
 * @param time when it was said, if that is given; otherwise words of the question such as "two weeks ago" may tell
 * @param seqs turns that it must be from, if given
 * @param k most that is found, 1 to {@value #MOST}
 * @param stale whether what was superseded or retired is found, too
 */
public record MemoryQuery(String question, Set<Kind> kinds, Set<SemanticObject.Type> types, Set<String> tags,
        Optional<TimeRange> time, Optional<SeqRange> seqs, int k, boolean stale) {
    public static final int MOST = 100;
    private static final int STANDARD = 10;

    /** @throws IllegalArgumentException if the question is blank or {@code k} is out of range */
    public MemoryQuery {
        if (question.isBlank()) {
            throw new IllegalArgumentException("a question must not be blank");
        }
        if (k < 1 || k > MOST) {
            throw new IllegalArgumentException("k must be 1 to " + MOST + ", was " + k);
        }
        kinds = Set.copyOf(kinds);
        types = Set.copyOf(types);
        tags = Set.copyOf(tags);
    }

    /** Looks for ten among everything that still holds. */
    public static MemoryQuery of(String question) {
        return new MemoryQuery(question, Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), STANDARD,
                false);
    }

    /** The same question about a time. */
    public MemoryQuery at(TimeRange other) {
        return new MemoryQuery(question, kinds, types, tags, Optional.of(other), seqs, k, stale);
    }

    /** What can be found. */
    public enum Kind {
        /** A semantic object. */
        OBJECT,
        /** A segment that an observer wrote. */
        OBSERVATION,
        /** A segment that a reflector wrote. */
        REFLECTION,
        /** An entry of the project state. */
        STATE
    }
}
