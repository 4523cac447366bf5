package io.mnemosyne.replay.measure;

/**
 * What one call of a helping model read and wrote.
 *
 * @param stage who asked
 * @param billed whether somebody would have to pay for it
 * @param micros what was billed, in millionths of a currency that the run does not name; 0 if that is not known
 */
record HelperTokens(String stage, boolean billed, long inputTokens, long outputTokens, long micros) {
}
