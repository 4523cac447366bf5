package io.mnemosyne.context;

import io.mnemosyne.core.assemble.Assembly;

/**
 * A prompt and where its thread stood when it was made.
 *
 * @param head what the prompt was made from, so that its numbers are those of the prompt
 */
public record ThreadContext(ThreadHead head, Assembly assembly) {
}
