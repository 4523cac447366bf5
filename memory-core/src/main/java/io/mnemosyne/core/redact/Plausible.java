package io.mnemosyne.core.redact;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import com.google.re2j.Pattern;

/** Tells secrets from placeholders, identifiers and code. */
final class Plausible {
    /** In lower case. */
    private static final List<String> PLACEHOLDERS = List.of("example", "changeme", "change_me", "change-me",
            "placeholder", "your", "xxxx", "***", "...", "dummy", "insert", "replace", "redacted", "undefined", "${",
            "{{", "%(", "%s", "$(", "<%", "sha256=", "sha256-", "sha384-", "sha512-");
    private static final Pattern NOTHING = Pattern.compile("(?i)\\b(?:null|none)\\b");
    private static final Pattern OBVIOUS = Pattern.compile(
            "(?i)(?:pass(?:word|wd|phrase)?|pwd|secret|token|user(?:name)?|test|admin|foo|bar|baz|pw|key|api_?key)[0-9]{0,3}");
    private static final Pattern NUMBER_OR_CONSTANT = Pattern.compile("[-+0-9.eExX_]+|(?i:true|false)");
    private static final Pattern PATH = Pattern.compile("(?:[a-z]+:/|\\.{0,2}/|~/).*|.*\\.(?:[a-z]{1,5})");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+|[0-9A-F]+");
    private static final Pattern AWS_SECRET_KEY = Pattern.compile("[A-Za-z0-9/+]{40}");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]{3,}|[A-Z]{4,}");
    private static final String VOWELS = "aeiouyAEIOUY";
    /** One letter in so many of a word is a vowel. */
    private static final int LEAST_VOWELS = 5;
    private static final double IN_WORDS = 0.75;
    private static final int LONGEST_IDENTIFIER = 100;
    private static final double RANDOM_TOKEN_BITS = 2.5;
    private static final double RANDOM_VALUE_BITS = 3.2;
    /** Sixteen digits give 4 bits at most, so a generated value of 16 or 32 of them often has less than 3.2. */
    private static final double RANDOM_HEX_BITS = 2.5;
    private static final double PASSWORD_BITS = 2.5;
    private static final int SHORTEST_RANDOM_VALUE = 16;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int SHORTEST_BODY = 16;

    /** Characters that are counted apart; no script has more of those that passwords are made of. */
    private static final int TOLD_APART = 1024;

    private Plausible() {
    }

    /**
     * The check of that name in the rule tables.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Predicate<String> named(String name) {
        return switch (name) {
            case "format" -> Plausible::format;
            case "token" -> Plausible::token;
            case "mixed" -> Plausible::mixed;
            case "cased" -> Plausible::cased;
            case "cookie" -> Plausible::cookie;
            case "body" -> Plausible::body;
            case "random" -> Plausible::random;
            case "password" -> Plausible::password;
            case "userinfo" -> Plausible::userinfo;
            default -> throw new IllegalArgumentException("there is no check '" + name + "'");
        };
    }

    /**
     * For formats whose prefix, length and alphabet are all fixed, so that no word looks like one: everything but what is
     * written as a sample. A vendor's own samples say {@code EXAMPLE}, as AWS's {@code AKIAIOSFODNN7EXAMPLE} does, and
     * templates hold a run of {@code x}.
     */
    static boolean format(String value) {
        return !value.contains("EXAMPLE") && !value.contains("xxxx") && !value.contains("XXXX");
    }

    /** For formats that are known by their prefix alone: what a generator made, and no sample. */
    static boolean token(String value) {
        return format(value) && entropy(value) >= RANDOM_TOKEN_BITS;
    }

    /** For formats whose prefix alone could also start a word: also has a digit and a letter. */
    static boolean mixed(String value) {
        return token(value) && isMixed(value);
    }

    /** For formats whose prefix alone often starts a word: also has letters of both cases and a digit. */
    static boolean cased(String value) {
        return mixed(value) && value.chars().anyMatch(Character::isUpperCase)
                && value.chars().anyMatch(Character::isLowerCase);
    }

    /** For all cookies of a request: one of them is what a generator made. */
    static boolean cookie(String cookies) {
        return Arrays.stream(cookies.split("; ?", -1))
                .anyMatch(cookie -> random(cookie.substring(cookie.indexOf('=') + 1)));
    }

    /** For key blocks, whose frame leaves no doubt as long as there is anything in it. */
    static boolean body(String value) {
        return value.chars().filter(Character::isLetterOrDigit).count() >= SHORTEST_BODY;
    }

    /** For values of keys such as {@code aws_secret_access_key}: what AWS generates has 40 characters of base64. */
    static boolean awsSecretKey(String value) {
        return AWS_SECRET_KEY.matches(value) && random(value);
    }

    /** For passwords in URLs. */
    static boolean userinfo(String value) {
        return !isPlaceholder(value);
    }

    /** For values whose form and the vendor in whose key they are say most: no word, and no sample. */
    static boolean generated(String value) {
        return token(value) && isMixed(value) && !isPlaceholder(value);
    }

    /** For values of keys such as {@code api_key}: what a generator made. */
    static boolean random(String value) {
        return value.length() >= SHORTEST_RANDOM_VALUE
                && entropy(value) >= (HEX.matches(value) ? RANDOM_HEX_BITS : RANDOM_VALUE_BITS) && isMixed(value)
                && !isPlaceholder(value) && !PATH.matches(value) && !isIdentifier(value);
    }

    /** For values of keys such as {@code password}: also what a person made up, as long as it is no plain word. */
    static boolean password(String value) {
        return value.length() >= SHORTEST_PASSWORD && entropy(value) >= PASSWORD_BITS && isMixed(value)
                && !isPlaceholder(value) && !PATH.matches(value);
    }

    private static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return PLACEHOLDERS.stream().anyMatch(lower::contains) || isVariable(value) || OBVIOUS.matches(value)
                || NUMBER_OR_CONSTANT.matches(value)
                || ((lower.contains("null") || lower.contains("none")) && NOTHING.matcher(value).find());
    }

    /** Whether it is a name in a program, made of words, as {@code oauth1.SIGNATURE_PLAINTEXT} is. */
    private static boolean isIdentifier(String value) {
        if (value.length() > LONGEST_IDENTIFIER || !IDENTIFIER.matches(value)) {
            return false;
        }
        long letters = value.chars().filter(Character::isLetter).count();
        int inWords = 0;
        var word = WORD.matcher(value);
        while (word.find()) {
            long vowels = word.group().chars().filter(c -> VOWELS.indexOf(c) >= 0).count();
            inWords += vowels * LEAST_VOWELS >= word.group().length() ? word.group().length() : 0;
        }
        return inWords >= letters * IN_WORDS;
    }

    private static boolean isVariable(String value) {
        return "$%{<#@".indexOf(value.charAt(0)) >= 0 || "}>%".indexOf(value.charAt(value.length() - 1)) >= 0;
    }

    private static boolean isMixed(String value) {
        return value.chars().anyMatch(Character::isDigit) && value.chars().anyMatch(Character::isLetter);
    }

    /** Shannon entropy in bits per character. Linear, also for a value of megabytes. */
    static double entropy(String value) {
        double bits = 0;
        int[] counts = new int[TOLD_APART];
        value.chars().forEach(c -> counts[c % TOLD_APART]++);
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
