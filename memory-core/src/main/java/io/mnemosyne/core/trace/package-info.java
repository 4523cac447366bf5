/** Timed steps of agents and of the pipeline: what they are called, where they belong, how their ids come about. */
@NullMarked
package io.mnemosyne.core.trace;

import org.jspecify.annotations.NullMarked;
