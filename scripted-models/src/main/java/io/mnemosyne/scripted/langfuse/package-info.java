/** A local server that speaks Langfuse's protocols for spans and media, is stricter than it, and fails on demand. */
@NullMarked
package io.mnemosyne.scripted.langfuse;

import org.jspecify.annotations.NullMarked;
