package io.mnemosyne.core.redact;

import java.util.List;

import com.google.re2j.Pattern;

/**
 * Whose value is a secret of which kind.
 *
 * @param keywords what the name of such a key contains, lower-case
 * @param ofVendor true if they name a vendor rather than a secret: then anything may follow them in the name, but a
 *            name that says of itself that it is no secret, as {@code heroku_app_id} does, does not count
 */
record Naming(Kind kind, List<String> keywords, boolean ofVendor) {
    private static final Pattern NO_SECRET = Pattern.compile(
            "(?i).*(?:id|ids|url|uri|host|hash|sha[0-9]*|md5|checksum|digest|etag|commit|revision|version|name|path|file|span|"
                    + "trace|image|tag|region|domain|email|user|username|public)");

    /**
     * Whether a name that has a keyword here may be that of a secret.
     *
     * @param start where the keyword starts
     * @param restOfName how the name goes on behind the keyword
     */
    boolean allows(String text, int start, String restOfName) {
        return !ofVendor || (startsPart(text, start) && !NO_SECRET.matches(restOfName));
    }

    /** So that {@code SetSysctl} is not {@code etsy}: in names, a capital letter or what is no letter separates parts. */
    private static boolean startsPart(String text, int start) {
        return start == 0 || !Character.isLetter(text.charAt(start - 1))
                || (Character.isUpperCase(text.charAt(start)) && Character.isLowerCase(text.charAt(start - 1)));
    }
}
