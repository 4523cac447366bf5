package io.mnemosyne.index.search;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.TimeRange;

/**
 * Where a search looks. There is none without a thread, so that no tenant ever sees another's.
 *
 * @param incarnation of the thread; documents of deleted ones are never found
 * @param kinds {@code object}, {@code observation}, {@code reflection}, {@code state}; empty for all
 * @param types of objects in lower case; empty for all
 * @param tags of which a result must have one; empty for no such condition
 * @param time in which a result must have been said, if given
 * @param seqs turns that a result must overlap, if given
 * @param stale whether superseded objects and retired segments are found too
 */
public record Scope(ThreadKey thread, long incarnation, Set<String> kinds, Set<String> types, Set<String> tags,
        Optional<TimeRange> time, Optional<SeqRange> seqs, boolean stale) {
    public Scope {
        kinds = Set.copyOf(kinds);
        types = Set.copyOf(types);
        tags = Set.copyOf(tags);
    }

    /** Everything of a thread that still holds. */
    public static Scope of(ThreadKey thread, long incarnation) {
        return new Scope(thread, incarnation, Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), false);
    }

    /** What a query looks among. */
    public static Scope of(ThreadKey thread, long incarnation, MemoryQuery query) {
        return new Scope(thread, incarnation, lower(query.kinds()), lower(query.types()), query.tags(), query.time(),
                query.seqs(), query.stale());
    }

    /** The same scope, for documents of the given kinds only. */
    public Scope onlyKinds(String... names) {
        return new Scope(thread, incarnation, Set.of(names), types, tags, time, seqs, stale);
    }

    /** The same scope with what was superseded or retired. */
    public Scope withStale() {
        return new Scope(thread, incarnation, kinds, types, tags, time, seqs, true);
    }

    private static Set<String> lower(Set<? extends Enum<?>> constants) {
        return constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
