/** What a session tells that a prompt can keep or lose. */
@NullMarked
package io.mnemosyne.replay.fact;

import org.jspecify.annotations.NullMarked;
