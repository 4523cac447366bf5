package io.mnemosyne.replay.measure;

import io.mnemosyne.replay.fact.Fact;
import io.mnemosyne.replay.fact.FactKind;
import io.mnemosyne.replay.recording.Characters;

/**
 * A fact that was not in the prompt at some steps.
 *
 * @param text its beginning, on one line
 * @param event index of the event that first tells it
 * @param lost steps at which it was not in the prompt
 * @param asked steps at which it was looked for
 */
public record LostFact(FactKind kind, String text, int event, int lost, int asked) {
    /** So many of each kind are known of every session. */
    public static final int KEPT = 100;
    /** Code points. */
    private static final int MAX_TEXT = 100;

    static LostFact of(Fact fact, int lost, int asked) {
        String text = fact.text().replaceAll("\\s+", " ");
        String clipped = Characters.count(text) <= MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT - 1)) + "…";
        return new LostFact(fact.kind(), clipped, fact.event(), lost, asked);
    }
}
