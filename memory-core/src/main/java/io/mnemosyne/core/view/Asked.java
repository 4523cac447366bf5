package io.mnemosyne.core.view;

import io.mnemosyne.core.fidelity.Fidelity;

/**
 * The summary that is being waited for.
 *
 * @param requestId 32 hex digits
 * @param attempt from 1
 * @param object its id
 * @param atSeq the seq that was next when it was asked for
 */
public record Asked(String requestId, int attempt, String object, Fidelity fidelity, long atSeq) {
}
