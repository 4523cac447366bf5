/** Measures what grows with a thread and what does not. */
@NullMarked
package io.mnemosyne.bench;

import org.jspecify.annotations.NullMarked;
