/** Policies: what is sent at each call. */
@NullMarked
package io.mnemosyne.replay.policy;

import org.jspecify.annotations.NullMarked;
