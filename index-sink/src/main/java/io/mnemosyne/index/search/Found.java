package io.mnemosyne.index.search;

import io.mnemosyne.core.SeqRange;

/**
 * A document that a search found.
 *
 * @param subject id of the object or segment
 * @param kind {@code object}, {@code observation} or {@code reflection}
 * @param stub one line that names it, empty if it has none
 * @param text as indexed: for a very large object its excerpt
 * @param score comparable within one search only
 */
public record Found(String subject, String kind, SeqRange seqs, String stub, String text, double score) {
}
