/** Avro in the Confluent wire format, with ids from a schema registry. */
@NullMarked
package io.mnemosyne.schemas.serde;

import org.jspecify.annotations.NullMarked;
