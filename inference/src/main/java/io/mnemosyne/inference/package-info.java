/** What all of the inference module shares. */
@NullMarked
package io.mnemosyne.inference;

import org.jspecify.annotations.NullMarked;
