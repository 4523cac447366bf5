/** Recorded sessions as policies and measures see them. */
@NullMarked
package io.mnemosyne.replay.recording;

import org.jspecify.annotations.NullMarked;
