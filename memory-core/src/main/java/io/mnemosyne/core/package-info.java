/** The vocabulary of Mnemosyne as immutable values: threads, turns, segments, project state and the events about them. */
@NullMarked
package io.mnemosyne.core;

import org.jspecify.annotations.NullMarked;
