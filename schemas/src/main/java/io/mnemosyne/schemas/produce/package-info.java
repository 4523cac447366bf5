/** Sending turns and commands: redacted, valid, to the right partition, durable. */
@NullMarked
package io.mnemosyne.schemas.produce;

import org.jspecify.annotations.NullMarked;
