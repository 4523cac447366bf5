/** Remembers model calls, so that none is paid for twice. */
@NullMarked
package io.mnemosyne.inference.completions;

import org.jspecify.annotations.NullMarked;
