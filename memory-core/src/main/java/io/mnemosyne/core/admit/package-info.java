/** Whether an object is worth keeping at hand. */
@NullMarked
package io.mnemosyne.core.admit;

import org.jspecify.annotations.NullMarked;
