/** Folds turns and memory into the view of each thread, and lets it be read. */
@NullMarked
package io.mnemosyne.context;

import org.jspecify.annotations.NullMarked;
