/** The search index: objects and segments into OpenSearch, their vectors, and the way back. */
@NullMarked
package io.mnemosyne.index;

import org.jspecify.annotations.NullMarked;
