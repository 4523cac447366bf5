package io.mnemosyne.core.view;

import java.util.Optional;

import io.mnemosyne.core.tokens.TokenFit;

/**
 * How one model counts the prompts of a thread.
 *
 * @param model empty if neither a report nor a turn has named it
 * @param reported tokens of the whole prompt that its newest report told
 * @param counted our tokens of that prompt
 * @param at the number of that report in its thread
 */
public record Calibration(Optional<String> model, TokenFit fit, long reported, long counted, long at) {

    /** Whether there are enough reports to act on. */
    boolean isKnown() {
        return fit.pairs() >= TokenFit.ENOUGH;
    }
}
