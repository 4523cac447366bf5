/** The machines of one thread in one loop, as the topologies run them, without a broker. */
@NullMarked
package io.mnemosyne.replay.machines;

import org.jspecify.annotations.NullMarked;
