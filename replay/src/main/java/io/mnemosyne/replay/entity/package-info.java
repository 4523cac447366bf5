/** Names that an agent must know literally, and where they occur. */
@NullMarked
package io.mnemosyne.replay.entity;

import org.jspecify.annotations.NullMarked;
