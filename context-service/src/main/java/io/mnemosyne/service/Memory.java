package io.mnemosyne.service;

import java.time.Duration;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.Answerer;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.tokens.TokenCounter;

/** What answers questions to memory. All of it is thread-safe. */
public record Memory(Recall recall, Answerer answerer, Searchable searchable, Defaults defaults, TokenCounter tokens) {

    /** What of an answer is wanted besides the results. */
    public enum Answer {
        /** The best passages, verbatim. */
        PASSAGES,
        /** What a model makes of them; the passages where none does. */
        MODEL,
        /** Nothing. */
        NONE
    }

    /**
     * What holds for a question that does not say otherwise.
     *
     * @param k most that is found
     * @param tokens that the passages of an answer have together, about
     */
    public record Defaults(Answer answer, int k, long tokens) {
        public static final Defaults STANDARD = new Defaults(Answer.MODEL, 10, 500);
    }

    /** Lets a question wait until what was said just now can be found. */
    @FunctionalInterface
    public interface Searchable {
        /** Where nobody knows. */
        Searchable UNKNOWN = (_, _) -> false;

        /** Whether all that the thread's view has can be found, after waiting for it no longer than asked. */
        boolean isAll(ThreadKey thread, Duration wait);
    }
}
