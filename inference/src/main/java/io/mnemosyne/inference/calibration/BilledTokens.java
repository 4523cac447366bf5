package io.mnemosyne.inference.calibration;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.mnemosyne.core.tokens.TokenFit;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ModelId;

/**
 * What each model's provider bills of a prompt, learnt from its answers, so that a prompt can be made to fit. Lives as long as
 * its process. Thread-safe.
 */
public final class BilledTokens {
    /** One more pair was taken. */
    static final String NOTED = "calibration.noted";
    /** A bill that cannot be true of the prompt was left out. */
    static final String REFUSED = "calibration.refused";
    /** What a provider may add to a prompt of ours, such as the frame of a schema, tokens. */
    private static final long MAX_OVERHEAD = 16_000;

    private final ConcurrentMap<ModelId, TokenFit> fits = new ConcurrentHashMap<>();
    private final Counts counts;

    /** @param counts where it is counted what was taken and what was refused */
    public BilledTokens(Counts counts) {
        this.counts = counts;
    }

    /**
     * Takes what a call was billed. A bill of nothing, or of more than four times or less than a quarter of the estimate, is
     * counted and changes nothing.
     *
     * @param estimated our count of the prompt, tokens
     * @param billed of the prompt, cached tokens included
     */
    public void note(ModelId model, long estimated, long billed) {
        if (!TokenFit.isPlausible(estimated, billed, MAX_OVERHEAD)) {
            counts.raise(REFUSED);
            return;
        }
        fits.merge(model, TokenFit.NONE.and(estimated, billed), (fit, _) -> fit.and(estimated, billed));
        counts.raise(NOTED);
    }

    /** Whether a model has billed enough to go by. */
    public boolean isKnown(ModelId model) {
        return known(model).pairs() > 0;
    }

    /** The model's tokens for one of ours, from 0.5 to 2.5; 1 before it has billed three calls. */
    double ratio(ModelId model) {
        return line(model).ratio();
    }

    /** What a prompt would be billed, tokens. */
    long expected(ModelId model, long estimated) {
        return (long) Math.ceil(line(model).counted(estimated));
    }

    /** The most of our tokens that a prompt may have so that no more than so many are billed; 0 at least. */
    public long fitting(ModelId model, long billed) {
        return known(model).ours(billed, MAX_OVERHEAD);
    }

    /** The lines of all models that billed three calls or more, by {@link ModelId#toString()}. */
    public Map<String, TokenFit.Line> snapshot() {
        Map<String, TokenFit.Line> snapshot = new TreeMap<>();
        fits.keySet().stream().filter(this::isKnown)
                .forEach(model -> snapshot.put(model.toString(), line(model)));
        return snapshot;
    }

    /** Bills of a model that were taken. */
    long pairs(ModelId model) {
        return fits.getOrDefault(model, TokenFit.NONE).pairs();
    }

    private TokenFit.Line line(ModelId model) {
        return known(model).line(MAX_OVERHEAD);
    }

    private TokenFit known(ModelId model) {
        TokenFit fit = fits.getOrDefault(model, TokenFit.NONE);
        return fit.pairs() < TokenFit.ENOUGH ? TokenFit.NONE : fit;
    }
}
