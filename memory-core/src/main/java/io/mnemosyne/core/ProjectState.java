package io.mnemosyne.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Typed snapshot of what a thread is about, derived during reflection.
 *
 * @param version goes up by one with every change, from 0 for {@link #EMPTY}
 * @param files by path
 */
public record ProjectState(long version, List<Item> goals, List<Item> openQuestions, List<Item> decisions,
        Map<String, FileNote> files, List<Item> blockers, List<Item> preferences, List<Item> environment) {
    public static final ProjectState EMPTY = new ProjectState(0, List.of(), List.of(), List.of(), Map.of(), List.of(),
            List.of(), List.of());

    public ProjectState {
        goals = List.copyOf(goals);
        openQuestions = List.copyOf(openQuestions);
        decisions = List.copyOf(decisions);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        blockers = List.copyOf(blockers);
        preferences = List.copyOf(preferences);
        environment = List.copyOf(environment);
    }

    /**
     * A statement with the turns that it rests on.
     *
     * @param supersedes the turns of the statement on the same subject that this one took the place of, so that both can
     *            be read again
     * @param dates what relative words of the text refer to
     */
    public record Item(String text, SeqRange seqs, Optional<SeqRange> supersedes, List<DateReference> dates) {
        public Item {
            dates = List.copyOf(dates);
        }

        /** A statement that took no other one's place and whose words refer to no other day, as far as is known. */
        public Item(String text, SeqRange seqs) {
            this(text, seqs, Optional.empty(), List.of());
        }
    }

    /**
     * What is known of a file.
     *
     * @param lastSeenHash SHA-256 of the content last read or written, if the whole of it was seen
     * @param seq the turn that touched it last
     */
    public record FileNote(String summary, Optional<String> lastSeenHash, long seq) {
    }
}
