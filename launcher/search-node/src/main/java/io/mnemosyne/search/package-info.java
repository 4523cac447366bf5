/** One OpenSearch node with k-NN inside a JVM of its own. */
@NullMarked
package io.mnemosyne.search;

import org.jspecify.annotations.NullMarked;
