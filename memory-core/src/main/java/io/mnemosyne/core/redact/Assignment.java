package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Optional;

/**
 * Reads what follows a keyword in a key's name: the rest of the name, the assignment, the value. Moves forward only, one
 * character at a time.
 */
final class Assignment {
    private static final String SPACE = " \t\n\f\r";
    private static final String QUOTES = "\"'`";
    private static final int LONGEST_REST_OF_NAME = 40;
    private static final int MOST_SPACE_BEFORE = 10;
    private static final int MOST_SPACE_BEHIND = 20;
    /** What may stand between a name and its value in languages with types. */
    private static final List<String> TYPES = List.of("string", "String", "str", "&str", "&'static str");
    private static final int MOST_SPACE_BEHIND_TYPE = 3;
    private static final int LONGEST_OPERATOR = 3;
    /** Other forms of {@code =} and {@code :}, in URLs and in JSON for browsers. */
    private static final List<String> ENCODED_OPERATORS = List.of("%3D", "%3d", "%3A", "%3a", "\\u003d", "\\u003D",
            "||");
    /** What no value without quotes has in it, because it would be a call, an index, a variable or a list. */
    private static final String NOT_BARE = SPACE + QUOTES + "\\,;(){}[]<>$&|";
    /** What may follow a value without quotes: all of the above that does not make it a call, an index or a variable. */
    private static final String BEHIND_BARE = SPACE + QUOTES + "\\,;)}]<&|";
    /** An encoded {@code &}, which ends a value in an encoded query. */
    private static final String ENCODED_AND = "%26";

    private final String text;
    private int at;

    /** Starts behind a keyword. */
    Assignment(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Where the next character is read. */
    int at() {
        return at;
    }

    /**
     * The rest of the name.
     *
     * @param glued true if a lower-case letter may follow the keyword; otherwise {@code tokenizer} is not {@code token}
     * @return false if the keyword is only the start of another word
     */
    boolean readRestOfName(boolean glued) {
        if (isIn("_.-") || isWord()) {
            if (!glued && isWord() && Character.isLowerCase(text.charAt(at))) {
                return false;
            }
            int end = at + 1 + LONGEST_REST_OF_NAME;
            do {
                at++;
            } while (at < end && (isWord() || isIn(".-")));
        }
        return true;
    }

    /**
     * Whether something is assigned to the name that was read; then its value is next.
     *
     * @param flag true if the name is that of an option on a command line, whose value may come after a space
     */
    boolean readOperator(boolean flag) {
        if (flag && isIn(" ")) {
            skip(SPACE, MOST_SPACE_BEHIND);
            return true;
        }
        skipAll('\\');
        skipOne(QUOTES);
        skipOne(")");
        skipOne("]");
        skip(SPACE, MOST_SPACE_BEFORE);
        skipType();
        if (!skipOperator()) {
            return false;
        }
        skip(SPACE, MOST_SPACE_BEHIND);
        return true;
    }

    private boolean skipType() {
        for (String type : TYPES) {
            if (text.startsWith(type, at)) {
                at += type.length();
                skip(SPACE, MOST_SPACE_BEHIND_TYPE);
                return true;
            }
        }
        return false;
    }

    /** For example {@code =}, {@code :=}, {@code .=}, {@code =>}, {@code ==}, {@code : string =}, a colon or a comma. */
    private boolean skipOperator() {
        for (String operator : ENCODED_OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return true;
            }
        }
        int start = at;
        skip(":?.+", LONGEST_OPERATOR);
        if (isIn("=")) {
            at++;
            skipOne(">=");
            return true;
        }
        at = start;
        if (isIn(",")) {
            at++;
            // The next line of a list is no value.
            skip(" \t", MOST_SPACE_BEHIND);
            return !isIn("\n\r");
        }
        if (!skipOne(":>")) {
            return false;
        }
        skipTypeAndEquals();
        return true;
    }

    private void skipTypeAndEquals() {
        int start = at;
        skip(SPACE, 1);
        if (!skipType() || !skipOne("=")) {
            at = start;
        }
    }

    /**
     * The value: between quotes of one kind, which may be escaped, or up to where no value without quotes goes on.
     *
     * @param limit where the next assignment starts, which ends a value without quotes
     */
    Optional<Span> readValue(int limit) {
        int start = at;
        skipAll('\\');
        if (isIn("\"'") || (at == start && isIn("`"))) {
            return quoted(text.charAt(at++));
        }
        return at == start ? bare(limit) : Optional.empty();
    }

    private Optional<Span> quoted(char quote) {
        String end = SPACE + "\\" + switch (quote) {
            case '"' -> "\"";
            case '\'' -> "'\"";
            default -> QUOTES;
        };
        int start = at;
        while (at < text.length() && !isIn(end)) {
            at++;
        }
        Span value = new Span(start, at);
        if (quote != '`') {
            skipAll('\\');
        }
        return isIn(String.valueOf(quote)) ? Optional.of(value) : Optional.empty();
    }

    private Optional<Span> bare(int limit) {
        int start = at;
        while (at < limit && !isIn(NOT_BARE) && !text.startsWith(ENCODED_AND, at)) {
            at++;
        }
        return at >= limit || isIn(BEHIND_BARE) || text.startsWith(ENCODED_AND, at)
                ? Optional.of(new Span(start, at))
                : Optional.empty();
    }

    private void skip(String characters, int most) {
        int end = at + most;
        while (at < end && isIn(characters)) {
            at++;
        }
    }

    private boolean skipOne(String characters) {
        boolean found = isIn(characters);
        at += found ? 1 : 0;
        return found;
    }

    private void skipAll(char character) {
        while (at < text.length() && text.charAt(at) == character) {
            at++;
        }
    }

    private boolean isIn(String characters) {
        return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
    }

    private boolean isWord() {
        return at < text.length() && text.charAt(at) < 0x80
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }
}
