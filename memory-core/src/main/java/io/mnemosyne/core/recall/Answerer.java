package io.mnemosyne.core.recall;

/** Answers questions out of what was found, within a time of its own. Thread-safe. */
@FunctionalInterface
public interface Answerer {
    /** Where no model is named. */
    Answerer NOBODY = _ -> new Answered.Untold("no model is named for answers: recall.models names some");

    Answered answer(AnswerRequest request) throws InterruptedException;
}
