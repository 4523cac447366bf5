/** Taking credentials out of texts before anything is stored. */
@NullMarked
package io.mnemosyne.core.redact;

import org.jspecify.annotations.NullMarked;
