package io.mnemosyne.trace.send;

/**
 * What a backend was found to accept.
 *
 * @param spans whether it takes spans with these keys under this path
 * @param ingestionVersion whether it takes the header of Langfuse's fast path
 * @param media whether it takes large fields as media
 * @param remark in words, for people
 */
public record ServerFacts(Answer spans, Answer ingestionVersion, Answer media, String remark) {
    static final ServerFacts UNKNOWN = new ServerFacts(Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN,
            "not asked yet");

    /** What asking came to. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }
}
