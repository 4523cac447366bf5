package io.mnemosyne.inference.chat;

/**
 * What a provider counted, tokens.
 *
 * @param input of the whole prompt, cached ones included
 * @param cacheRead of those, read from the provider's cache
 * @param cacheWrite of those, written to the provider's cache
 * @param output of the answer
 */
public record TokenUsage(long input, long cacheRead, long cacheWrite, long output) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, cacheRead + other.cacheRead, cacheWrite + other.cacheWrite,
                output + other.output);
    }

    public long total() {
        return input + output;
    }
}
