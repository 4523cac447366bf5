/** Takes requests from Kafka, asks a provider, and brings the answers back. */
@NullMarked
package io.mnemosyne.inference.worker;

import org.jspecify.annotations.NullMarked;
