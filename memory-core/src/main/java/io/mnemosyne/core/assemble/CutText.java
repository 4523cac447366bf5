package io.mnemosyne.core.assemble;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.tokens.TokenCounter;

/** Words the places where something was left out, so that a model knows what and how to get it. */
final class CutText {
    private final ThreadKey thread;
    private final long budget;
    private final TokenCounter counter;

    CutText(ThreadKey thread, long budget, TokenCounter counter) {
        this.thread = thread;
        this.budget = budget;
        this.counter = counter;
    }

    TokenCounter counter() {
        return counter;
    }

    /** The block that stands for turns left out. */
    Block stub(SeqRange seqs) {
        String text = "[Turns " + seqs + " left out to stay under the ceiling of " + budget + " tokens. Read them with "
                + address(thread, seqs) + "]\n";
        return Block.stub(seqs, text, counter.count(text) + TurnText.JOINT);
    }

    /** At least the tokens of any stub about turns up to a seq, the same under every budget. */
    static long reserve(ThreadKey thread, long lastSeq, TokenCounter counter) {
        return new CutText(thread, Long.MAX_VALUE, counter).stub(SeqRange.of(lastSeq)).tokens() + TurnText.JOINT;
    }

    /** What stands in a text between its beginning and its end. */
    static String omission(Turn turn, int left, int whole) {
        return "\n[" + left + " of " + whole + " characters left out here. Read them with " + address(turn) + "]\n";
    }

    /** What stands for an image. */
    static String omission(Turn turn, Part.Image image) {
        return "[image " + image.mediaType() + ", " + image.content().bytes() + " bytes, left out here. Read it with "
                + address(turn) + "]";
    }

    private static String address(Turn turn) {
        return address(turn.thread(), SeqRange.of(turn.seq()));
    }

    private static String address(ThreadKey thread, SeqRange seqs) {
        return "GET /v1/tenants/" + thread.tenant() + "/threads/" + thread.thread() + "/turns?from=" + seqs.from()
                + "&to=" + seqs.to();
    }
}
