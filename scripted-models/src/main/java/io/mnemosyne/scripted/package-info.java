/** A local server that speaks the wire formats of model providers, strictly, and fails on demand. */
@NullMarked
package io.mnemosyne.scripted;

import org.jspecify.annotations.NullMarked;
