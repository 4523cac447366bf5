/** Texts as vectors: the seam for embedding models and the one that needs no network. */
@NullMarked
package io.mnemosyne.inference.embeddings;

import org.jspecify.annotations.NullMarked;
