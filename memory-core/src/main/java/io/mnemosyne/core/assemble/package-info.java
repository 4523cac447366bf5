/** Makes the prompt of a thread out of what its view shows, never above its ceiling. */
@NullMarked
package io.mnemosyne.core.assemble;

import org.jspecify.annotations.NullMarked;
