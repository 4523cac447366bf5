package io.mnemosyne.core.redact;

import java.util.function.Predicate;

/**
 * One kind of credential.
 *
 * @param name shown in the mark: lower-case letters, digits and dashes
 * @param plausible whether what was found is more than a placeholder
 */
record Kind(String name, Predicate<String> plausible) {
}
