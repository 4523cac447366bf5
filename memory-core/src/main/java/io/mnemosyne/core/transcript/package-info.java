/** Turns as JSON: the form in which they are posted, imported and read back. */
@NullMarked
package io.mnemosyne.core.transcript;

import org.jspecify.annotations.NullMarked;
