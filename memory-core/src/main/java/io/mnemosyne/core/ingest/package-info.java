/** Giving raw events their place: validation, deduplication, order, sizes. */
@NullMarked
package io.mnemosyne.core.ingest;

import org.jspecify.annotations.NullMarked;
