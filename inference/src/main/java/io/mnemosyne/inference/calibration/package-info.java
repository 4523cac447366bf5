/** How many tokens the providers of our own models bill of what we estimated. */
@NullMarked
package io.mnemosyne.inference.calibration;

import org.jspecify.annotations.NullMarked;
