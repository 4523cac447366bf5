package io.mnemosyne.core.admit;

import io.mnemosyne.core.SemanticObject;

/**
 * What admission looks at.
 *
 * @param seen whether the thread has an object with the same text already
 * @param routine whether a listing or a status command printed it
 * @param procedural whether it only says that something will be or was done
 * @param namesFile whether it shows a known file
 * @param characters of its text
 */
public record Candidate(SemanticObject.Type type, boolean seen, boolean routine, boolean procedural, boolean error,
        boolean fromUser, boolean namesFile, int characters) {
}
