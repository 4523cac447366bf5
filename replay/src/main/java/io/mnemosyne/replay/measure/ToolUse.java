package io.mnemosyne.replay.measure;

/**
 * The results of a tool.
 *
 * @param chars code points of all of them
 * @param unreferencedChars code points of those that nothing later refers to
 */
public record ToolUse(long results, long chars, long unreferencedChars) {

    ToolUse plus(ToolUse other) {
        return new ToolUse(results + other.results, chars + other.chars, unreferencedChars + other.unreferencedChars);
    }
}
