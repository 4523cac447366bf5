package io.mnemosyne.replay.measure;

import io.mnemosyne.replay.fact.FactKind;

/**
 * Where the facts of a kind are counted.
 *
 * @param asked pairs of a fact and a step long after it
 * @param kept those of them in which the prompt has the fact
 */
record FactCounts(Count asked, Count kept) {

    static FactCounts of(FactKind kind) {
        return switch (kind) {
            case ERROR_LINE -> new FactCounts(Count.ERROR_LINES, Count.ERROR_LINES_HIT);
            case DECISION -> new FactCounts(Count.DECISIONS, Count.DECISIONS_HIT);
            case NUMBER -> new FactCounts(Count.NUMBERS, Count.NUMBERS_HIT);
            case PATH -> new FactCounts(Count.PATHS, Count.PATHS_HIT);
        };
    }
}
