package io.mnemosyne.bench.segmentation;

import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.inference.embeddings.Embedding;

/**
 * A semantic object of a labelled session.
 *
 * @param said whether it is a message; otherwise the result of a tool
 * @param vector empty if admission turned it down
 */
record Piece(SemanticObject.Type type, boolean said, Optional<Embedding> vector) {
}
