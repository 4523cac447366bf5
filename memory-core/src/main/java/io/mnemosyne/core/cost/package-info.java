/** What a rewrite of a prompt costs and saves. */
@NullMarked
package io.mnemosyne.core.cost;

import org.jspecify.annotations.NullMarked;
