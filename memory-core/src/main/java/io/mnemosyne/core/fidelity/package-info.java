/** How much of an object a prompt shows, and what a shorter form can no longer answer. */
@NullMarked
package io.mnemosyne.core.fidelity;

import org.jspecify.annotations.NullMarked;
