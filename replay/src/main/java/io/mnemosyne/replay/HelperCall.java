package io.mnemosyne.replay;

import java.util.Optional;

/**
 * A call of a model that helps to make prompts smaller.
 *
 * @param afterEvent index of the newest event when it was made
 * @param stage who asked, for example {@code observer}
 * @param model who answered, provider and model with a slash between; not the one that was asked first if that failed
 * @param requestHash lower-case hex SHA-256 of what was asked
 * @param response what was answered, to be used again when the same is asked
 * @param inputTokens that it read: as billed, else of four characters each
 * @param outputTokens that it wrote, likewise
 * @param micros what it cost, in millionths of the price table's currency; 0 if nobody billed it or no price is known
 * @param insteadOf who was asked before and why they did not answer; empty if nobody was
 */
public record HelperCall(int afterEvent, String stage, String model, String requestHash, String response,
        long inputTokens, long outputTokens, long micros, Optional<String> insteadOf) {
}
