/** Finding what was indexed, by word or by meaning. */
@NullMarked
package io.mnemosyne.index.search;

import org.jspecify.annotations.NullMarked;
