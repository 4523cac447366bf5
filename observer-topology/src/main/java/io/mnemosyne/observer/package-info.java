/** Moves turns and answers through the observer, and its segments into the memory. */
@NullMarked
package io.mnemosyne.observer;

import org.jspecify.annotations.NullMarked;
