package io.mnemosyne.trace.send;

import java.util.List;

import io.mnemosyne.core.trace.PlacedSpan;

/**
 * A span whose large fields travel beside it.
 *
 * @param span with a reference in the place of each
 * @param uploads what has to be there before the span
 * @param parts spans that carry what could not be uploaded
 */
record Slimmed(PlacedSpan span, List<Upload> uploads, List<PlacedSpan> parts) {
}
