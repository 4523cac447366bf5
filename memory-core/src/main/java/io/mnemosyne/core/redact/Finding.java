package io.mnemosyne.core.redact;

/**
 * Where a credential stands in a text. Does not hold the credential.
 *
 * @param rule name of the rule that found it
 * @param start where it starts, in characters of UTF-16
 * @param end where it ends: behind its last character
 * @param mark what takes its place
 */
public record Finding(String rule, int start, int end, String mark) {
}
