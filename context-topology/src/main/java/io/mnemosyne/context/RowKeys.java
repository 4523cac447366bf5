package io.mnemosyne.context;

import java.util.Locale;

import io.mnemosyne.core.ThreadKey;

/**
 * Keys of the rows of a thread: {@code tenant/thread|row}. Numbers are padded, so that the order of keys is the order of
 * numbers, and the separator is not in the character set of names, so that no thread's rows are among another's.
 */
final class RowKeys {
    private static final char SEPARATOR = '|';

    private RowKeys() {
    }

    static String turn(ThreadKey thread, long seq) {
        return number(thread, seq);
    }

    static String state(ThreadKey thread, long version) {
        return number(thread, version);
    }

    static String segment(ThreadKey thread, String id) {
        return thread.toString() + SEPARATOR + id;
    }

    static String forms(ThreadKey thread, String name) {
        return thread.toString() + SEPARATOR + name;
    }

    static String object(ThreadKey thread, String id) {
        return thread.toString() + SEPARATOR + id;
    }

    static String blob(ThreadKey thread, String sha256) {
        return thread.row(sha256);
    }

    /** Before every row of the thread. */
    static String first(ThreadKey thread) {
        return thread.toString() + SEPARATOR;
    }

    /** After every row of the thread. */
    static String last(ThreadKey thread) {
        return thread.toString() + (char) (SEPARATOR + 1);
    }

    private static String number(ThreadKey thread, long number) {
        return String.format(Locale.ROOT, "%s%c%019d", thread, SEPARATOR, number);
    }
}
