package io.mnemosyne.core.recall;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;

/**
 * Something that was found, with what one needs to cite or restore it.
 *
 * @param id of the object or segment; of an entry of the project state, its field
 * @param type of an object; empty for others
 * @param seqs turns that it is from
 * @param at when it was said, as far as that is known
 * @param stub one line that names it, empty if it has none
 * @param passage what of its text matches best, verbatim; parts that were left out between are marked by a line with {@code [...]}
 * @param tokens of its whole text
 * @param score comparable within one answer only
 * @param supersedes ids of older things found that say otherwise, or that it took the place of
 */
public record Recalled(String id, MemoryQuery.Kind kind, Optional<SemanticObject.Type> type, SeqRange seqs,
        Optional<Instant> at, String stub, String passage, long tokens, double score, List<String> supersedes) {
    public Recalled {
        supersedes = List.copyOf(supersedes);
    }

    /** The same, with what it took the place of. */
    Recalled superseding(Collection<String> older) {
        return new Recalled(id, kind, type, seqs, at, stub, passage, tokens, score, List.copyOf(older));
    }
}
