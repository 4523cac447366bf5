package io.mnemosyne.replay;

/**
 * A call of a model that helps to make prompts smaller.
 *
 * @param afterEvent index of the newest event when it was made
 * @param stage who asked, for example {@code observer}
 * @param model provider and model that answered
 * @param inputTokens that it read, of four characters each
 * @param outputTokens that it wrote, of four characters each
 */
public record HelperCall(int afterEvent, String stage, String model, long inputTokens, long outputTokens) {
}
