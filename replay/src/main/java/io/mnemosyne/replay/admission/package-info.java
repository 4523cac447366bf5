/** What admission turns down in recorded sessions, and what of it was needed later. */
@NullMarked
package io.mnemosyne.replay.admission;

import org.jspecify.annotations.NullMarked;
