package io.mnemosyne.replay.measure;

/**
 * What one call of a helping model read and wrote.
 *
 * @param stage who asked
 * @param billed whether somebody would have to pay for it
 */
record HelperTokens(String stage, boolean billed, long inputTokens, long outputTokens) {
}
