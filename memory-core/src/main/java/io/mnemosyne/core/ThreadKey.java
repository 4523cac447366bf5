package io.mnemosyne.core;

import java.util.regex.Pattern;

/**
 * Names one conversation of one agent. Both names match {@code [A-Za-z0-9._:@-]{1,128}}, so that neither can hold the
 * separators {@code /} and {@code #} of record keys.
 */
public record ThreadKey(String tenant, String thread) {
    public static final String DEFAULT_TENANT = "default";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:@-]{1,128}");

    /** @throws IllegalArgumentException if a name is empty, too long or has a character outside the allowed set */
    public ThreadKey {
        requireName("tenant", tenant);
        requireName("thread", thread);
    }

    /** The thread of a key {@code tenant/thread} or {@code tenant/thread#row}. */
    public static ThreadKey ofKey(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "key '" + key + "' is not of the form tenant/thread or tenant/thread#row");
        }
        int hash = key.indexOf('#', slash);
        return new ThreadKey(key.substring(0, slash),
                hash < 0 ? key.substring(slash + 1) : key.substring(slash + 1, hash));
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The record key of one row of this thread. */
    public String row(String row) {
        return this + "#" + row;
    }

    @Override
    public String toString() {
        return tenant + "/" + thread;
    }

    private static void requireName(String what, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    what + " '" + name + "' must be 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -");
        }
    }
}
