/** Writes what a policy would have sent, for others to judge. */
@NullMarked
package io.mnemosyne.replay.log;

import org.jspecify.annotations.NullMarked;
