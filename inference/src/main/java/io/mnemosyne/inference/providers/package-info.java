/** Who writes observations and reflections: one small interface per kind, and the providers behind them. */
@NullMarked
package io.mnemosyne.inference.providers;

import org.jspecify.annotations.NullMarked;
