package io.mnemosyne.index.search;

import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;

/**
 * Where a search looks. There is none without a thread, so that no tenant ever sees another's.
 *
 * @param incarnation of the thread; documents of deleted ones are never found
 * @param kinds {@code object}, {@code observation}, {@code reflection}; empty for all
 * @param types of objects in lower case; empty for all
 * @param seqs turns that a result must overlap, if given
 * @param stale whether superseded objects and retired segments are found too
 */
public record Scope(ThreadKey thread, long incarnation, Set<String> kinds, Set<String> types, Optional<SeqRange> seqs,
        boolean stale) {
    public Scope {
        kinds = Set.copyOf(kinds);
        types = Set.copyOf(types);
    }

    /** Everything of a thread that still holds. */
    public static Scope of(ThreadKey thread, long incarnation) {
        return new Scope(thread, incarnation, Set.of(), Set.of(), Optional.empty(), false);
    }

    /** The same scope, for documents of the given kinds only. */
    public Scope onlyKinds(String... names) {
        return new Scope(thread, incarnation, Set.of(names), types, seqs, stale);
    }

    /** The same scope with what was superseded or retired. */
    public Scope withStale() {
        return new Scope(thread, incarnation, kinds, types, seqs, true);
    }
}
