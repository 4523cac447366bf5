package io.mnemosyne.core.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts with OpenAI's o200k_base vocabulary. One instance per process: the vocabulary takes about 100 MB. */
public final class O200kTokenCounter implements TokenCounter {
    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private O200kTokenCounter() {
    }

    /** The one instance, loaded at first use. */
    public static TokenCounter shared() {
        return Holder.SHARED;
    }

    @Override
    public long count(String text) {
        return encoding.countTokensOrdinary(text);
    }

    private static final class Holder {
        static final TokenCounter SHARED = new O200kTokenCounter();
    }
}
