/** Puts spans into their traces: spans.raw + spans -> spans.finished. */
@NullMarked
package io.mnemosyne.trace;

import org.jspecify.annotations.NullMarked;
