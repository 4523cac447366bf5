/** What became of the objects of recorded sessions on the ladder of fidelity. */
@NullMarked
package io.mnemosyne.replay.ladder;

import org.jspecify.annotations.NullMarked;
