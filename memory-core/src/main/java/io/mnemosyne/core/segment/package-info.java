/** Cutting turns into semantic objects. */
@NullMarked
package io.mnemosyne.core.segment;

import org.jspecify.annotations.NullMarked;
