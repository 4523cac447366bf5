package io.mnemosyne.core.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one order out of several. A place in a list is worth its weight divided by the place plus a constant, so that the
 * first few count most and what stands in several lists wins; scores of different searches are never compared.
 */
public final class RankFusion {
    private final double constant;
    private final Map<String, Candidate> candidates = new LinkedHashMap<>();

    /** @param constant the larger, the less the first places of a list stand out; at least 0 */
    public RankFusion(double constant) {
        this.constant = constant;
    }

    /**
     * Something that was found.
     *
     * @param newest turn that it is from, by which ties are decided
     */
    public record Candidate(String id, long newest, double score) {
        Candidate plus(double more) {
            return new Candidate(id, newest, score + more);
        }
    }

    /**
     * Adds what one search found at one place. Once per list and id.
     *
     * @param place from 0
     */
    public void add(String id, long newest, int place, double weight) {
        candidates.merge(id, new Candidate(id, newest, weight / (constant + place + 1)),
                (known, more) -> known.plus(more.score()));
    }

    /** Everything, best first; of equally good ones the newer first. */
    public List<Candidate> best() {
        List<Candidate> sorted = new ArrayList<>(candidates.values());
        sorted.sort(Comparator.comparingDouble(Candidate::score).thenComparingLong(Candidate::newest).reversed()
                .thenComparing(Candidate::id));
        return sorted;
    }
}
