/** Questions to what a thread remembers, and what is found. */
@NullMarked
package io.mnemosyne.core.recall;

import org.jspecify.annotations.NullMarked;
