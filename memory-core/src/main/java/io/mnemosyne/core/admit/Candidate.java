package io.mnemosyne.core.admit;

import io.mnemosyne.core.SemanticObject;

/**
 * What admission looks at.
 *
 * @param duplicate whether another object shows the same text already
 * @param novelty share of it that the newest objects do not say, 0 to 1
 * @param routine whether a listing or a status command printed it
 * @param procedural whether it only says that something will be or was done
 * @param fromUser never turned down
 * @param namesFile whether it shows a known file
 * @param confirms whether it only says that what was asked for has happened
 * @param characters of its text
 */
public record Candidate(SemanticObject.Type type, boolean duplicate, double novelty, boolean routine,
        boolean procedural, boolean error, boolean fromUser, boolean namesFile, boolean confirms, int characters) {
}
