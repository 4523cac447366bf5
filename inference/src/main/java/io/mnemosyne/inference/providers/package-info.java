/** Who writes observations and reflections: one small interface, and those behind it. */
@NullMarked
package io.mnemosyne.inference.providers;

import org.jspecify.annotations.NullMarked;
