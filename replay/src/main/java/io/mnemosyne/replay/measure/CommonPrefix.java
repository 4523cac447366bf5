package io.mnemosyne.replay.measure;

import java.util.List;

/** How far two prompts are equal, whatever the borders of their blocks. */
final class CommonPrefix {
    private final Cursor one;
    private final Cursor other;
    private long length;

    private CommonPrefix(List<Block> one, List<Block> other) {
        this.one = new Cursor(one);
        this.other = new Cursor(other);
    }

    /** Code points that both begin with. */
    static long of(List<Block> one, List<Block> other) {
        CommonPrefix prefix = new CommonPrefix(one, other);
        prefix.skipEqualBlocks();
        prefix.compareTexts();
        return prefix.length;
    }

    private void skipEqualBlocks() {
        while (one.hasText() && other.hasText() && one.block() == other.block()) {
            length += one.block().length();
            one.skip(one.rest());
            other.skip(other.rest());
        }
    }

    private void compareTexts() {
        boolean equal = true;
        while (equal && one.hasText() && other.hasText()) {
            int most = Math.min(one.rest(), other.rest());
            int same = one.sameAs(other, most);
            length += one.codePoints(same);
            equal = same == most;
            one.skip(same);
            other.skip(same);
        }
    }

    /** A place in a prompt. */
    private static final class Cursor {
        private final List<Block> blocks;
        private int index;
        private int offset;

        Cursor(List<Block> blocks) {
            this.blocks = blocks;
            skip(0);
        }

        boolean hasText() {
            return index < blocks.size();
        }

        BlockText block() {
            return blocks.get(index).text();
        }

        /** Characters that are left in the block. */
        int rest() {
            return block().text().length() - offset;
        }

        void skip(int characters) {
            offset += characters;
            while (hasText() && rest() == 0) {
                index++;
                offset = 0;
            }
        }

        /** How many of the next characters are equal; both halves of a character outside of the basic plane, or none. */
        int sameAs(Cursor other, int most) {
            String text = block().text();
            String otherText = other.block().text();
            if (text.regionMatches(offset, otherText, other.offset, most)) {
                return most;
            }
            int same = 0;
            while (text.charAt(offset + same) == otherText.charAt(other.offset + same)) {
                same++;
            }
            boolean half = same > 0 && Character.isHighSurrogate(text.charAt(offset + same - 1))
                    && (isLow(text, offset + same) || isLow(otherText, other.offset + same));
            return half ? same - 1 : same;
        }

        private static boolean isLow(String text, int index) {
            return index < text.length() && Character.isLowSurrogate(text.charAt(index));
        }

        int codePoints(int characters) {
            return block().text().codePointCount(offset, offset + characters);
        }
    }
}
