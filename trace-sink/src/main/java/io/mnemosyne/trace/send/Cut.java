package io.mnemosyne.trace.send;

/**
 * From which size on a field travels beside its span, and how.
 *
 * @param fieldBytes the largest field that stays, in UTF-8
 * @param partBytes the largest part of one that goes
 * @param asDefault whether parts have the size that they usually have; others need other ids, for their content differs
 * @param media whether it can go as media; else it goes in parts
 */
record Cut(int fieldBytes, int partBytes, boolean asDefault, boolean media) {
    private static final int LEAST_PART = 4 * 1024;

    static Cut of(SendLimits limits, boolean media) {
        return new Cut(Math.min(limits.fieldBytes(), limits.maxBytes() / 4),
                Math.min(limits.fieldBytes(), limits.maxBytes() / 4), true, media);
    }

    Cut asParts() {
        return new Cut(fieldBytes, partBytes, asDefault, false);
    }

    boolean canBeHarder() {
        return fieldBytes > SendLimits.LEAST_FIELD;
    }

    /** More fields go; parts stay as they are. */
    Cut harder() {
        return new Cut(Math.max(SendLimits.LEAST_FIELD, fieldBytes / 4), partBytes, asDefault, media);
    }

    /** Parts fit into a request of so many bytes. */
    Cut within(int bytes) {
        int part = Math.max(LEAST_PART, bytes / 4);
        return part >= partBytes ? this : new Cut(Math.min(fieldBytes, part), part, false, media);
    }
}
