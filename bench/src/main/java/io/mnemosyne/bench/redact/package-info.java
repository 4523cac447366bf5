/** What redaction finds, what it takes for a secret that is none, and what it costs. */
@NullMarked
package io.mnemosyne.bench.redact;

import org.jspecify.annotations.NullMarked;
