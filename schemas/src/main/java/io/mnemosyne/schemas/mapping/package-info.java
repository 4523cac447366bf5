/** Between the vocabulary of the core and the Avro records of the topics: total, exhaustive, without a decision of its own. */
@NullMarked
package io.mnemosyne.schemas.mapping;

import org.jspecify.annotations.NullMarked;
