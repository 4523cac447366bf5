package io.mnemosyne.core.redact;

import com.google.re2j.Pattern;

/** Tells secrets from placeholders, identifiers and code. */
final class Plausible {
    private static final Pattern PLACEHOLDER = Pattern
            .compile("(?i)example|change[_-]?me|placeholder|your|xxxx|\\*\\*\\*"
                    + "|\\.\\.\\.|dummy|insert|replace|redacted|\\$\\{|\\{\\{|%\\(|%s|\\$\\(|<%|\\bnull\\b|\\bnone\\b|undefined");
    private static final Pattern OBVIOUS = Pattern.compile(
            "(?i)(?:pass(?:word|wd|phrase)?|pwd|secret|token|user(?:name)?|test|admin|foo|bar|baz|pw|key|api_?key)[0-9]{0,3}");
    private static final Pattern VARIABLE = Pattern.compile("[$%{<#@].*|.*[}>%]");
    private static final Pattern NUMBER_OR_CONSTANT = Pattern.compile("[-+0-9.eExX_]+|(?i:true|false)");
    private static final Pattern PATH = Pattern.compile("(?:[a-z]+:/|\\.{0,2}/|~/).*|.*\\.(?:[a-z]{1,5})");
    private static final double RANDOM_TOKEN_BITS = 2.5;
    private static final double RANDOM_VALUE_BITS = 3.2;
    private static final double PASSWORD_BITS = 2.5;
    private static final int SHORTEST_RANDOM_VALUE = 16;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int SHORTEST_BODY = 16;

    private Plausible() {
    }

    /** For formats that are known by their prefix: only documentation samples are left out. */
    static boolean token(String value) {
        return entropy(value) >= RANDOM_TOKEN_BITS && !value.contains("EXAMPLE") && !value.contains("xxxx")
                && !value.contains("XXXX");
    }

    /** For key blocks, whose frame leaves no doubt as long as there is anything in it. */
    static boolean body(String value) {
        return value.chars().filter(Character::isLetterOrDigit).count() >= SHORTEST_BODY;
    }

    /** For passwords in URLs. */
    static boolean userinfo(String value) {
        return !isPlaceholder(value);
    }

    /** For values of keys such as {@code api_key}: what a generator made. */
    static boolean random(String value) {
        return value.length() >= SHORTEST_RANDOM_VALUE && entropy(value) >= RANDOM_VALUE_BITS && isMixed(value)
                && !isPlaceholder(value) && !PATH.matches(value);
    }

    /** For values of keys such as {@code password}: also what a person made up, as long as it is no plain word. */
    static boolean password(String value) {
        return value.length() >= SHORTEST_PASSWORD && entropy(value) >= PASSWORD_BITS && isMixed(value)
                && !isPlaceholder(value) && !PATH.matches(value);
    }

    private static boolean isPlaceholder(String value) {
        return PLACEHOLDER.matcher(value).find() || OBVIOUS.matches(value) || VARIABLE.matches(value)
                || NUMBER_OR_CONSTANT.matches(value);
    }

    private static boolean isMixed(String value) {
        return value.chars().anyMatch(Character::isDigit) && value.chars().anyMatch(Character::isLetter);
    }

    /** Shannon entropy of the characters, in bits per character. */
    private static double entropy(String value) {
        double bits = 0;
        int[] counts = value.chars().sorted().toArray();
        int from = 0;
        for (int i = 1; i <= counts.length; i++) {
            if (i == counts.length || counts[i] != counts[from]) {
                double share = (double) (i - from) / counts.length;
                bits -= share * Math.log(share) / Math.log(2);
                from = i;
            }
        }
        return bits;
    }
}
