/** Ships finished spans to Langfuse and any OTLP backend. */
@NullMarked
package io.mnemosyne.trace.send;

import org.jspecify.annotations.NullMarked;
