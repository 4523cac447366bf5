/** Replays recorded sessions through a policy, writes down every prompt, and measures what was saved and what was lost. */
@NullMarked
package io.mnemosyne.replay;

import org.jspecify.annotations.NullMarked;
