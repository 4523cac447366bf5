/** The topic catalogue: names, sizes, retention and the one partitioning that all topics share. */
@NullMarked
package io.mnemosyne.schemas.topics;

import org.jspecify.annotations.NullMarked;
