package io.mnemosyne.core.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts with OpenAI's o200k_base vocabulary. One instance per process: the vocabulary takes about 100 MB.
 *
 * <p>Long texts are counted in slices: the library builds an object for every byte of an unbroken run of letters or
 * spaces, so that one run of some MiB would take more heap than there is. A slice ends where a token begins in any case,
 * before a word or a line; only inside a run without such a place a cut may add about one token to the exact count.
 */
public final class O200kTokenCounter implements TokenCounter {
    /** Characters that are counted at once; a run of that many takes some MiB of heap. */
    static final int SLICE = 16 * 1024;

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private O200kTokenCounter() {
    }

    /** The one instance, loaded at first use. */
    public static TokenCounter shared() {
        return Holder.SHARED;
    }

    @Override
    public long count(String text) {
        long tokens = 0;
        int from = 0;
        while (text.length() - from > SLICE) {
            int to = cut(text, from);
            tokens += encoding.countTokensOrdinary(text.substring(from, to));
            from = to;
        }
        return tokens + encoding.countTokensOrdinary(text.substring(from));
    }

    /** The last beginning of a token in the second half of the slice, else its end, but between two code points. */
    private static int cut(String text, int from) {
        int end = from + SLICE;
        for (int i = end; i > end - SLICE / 2; i--) {
            if (beginsToken(text, i)) {
                return i;
            }
        }
        return Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end)) ? end - 1 : end;
    }

    /** A word takes the one space before it along, and never a line end. */
    private static boolean beginsToken(String text, int i) {
        return (Character.isLetter(text.charAt(i)) && text.charAt(i - 1) == '\n')
                || (text.charAt(i) == ' ' && i + 1 < text.length() && Character.isLetter(text.charAt(i + 1)));
    }

    private static final class Holder {
        static final TokenCounter SHARED = new O200kTokenCounter();
    }
}
