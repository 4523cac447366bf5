/** Counting tokens. */
@NullMarked
package io.mnemosyne.core.tokens;

import org.jspecify.annotations.NullMarked;
