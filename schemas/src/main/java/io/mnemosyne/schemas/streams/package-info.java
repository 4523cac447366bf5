/** What all topologies share: settings, state-store values, bounded RocksDB memory and the ledger of written rows. */
@NullMarked
package io.mnemosyne.schemas.streams;

import org.jspecify.annotations.NullMarked;
