package io.mnemosyne.schemas.groups;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which records of one partition are done. Records are read in their order and done in any; what may be committed is the
 * low watermark: everything before it is done. Offsets may have gaps, because transactions leave markers.
 *
 * <p>Not thread-safe.
 */
final class LowWatermark {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    /** A record was read. Offsets must grow. */
    void read(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " was read after " + (next - 1));
        }
        open.add(offset);
        next = offset + 1;
    }

    /** A record that was read is done; doing it twice changes nothing. */
    void done(long offset) {
        open.remove(offset);
    }

    /** The offset to commit, if it is another than the last one that was committed. */
    OptionalLong due() {
        long low = open.isEmpty() ? next : open.first();
        return low < 0 || low == committed ? OptionalLong.empty() : OptionalLong.of(low);
    }

    void committed(long offset) {
        committed = offset;
    }
}
