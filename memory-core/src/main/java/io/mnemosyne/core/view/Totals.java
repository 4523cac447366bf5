package io.mnemosyne.core.view;

/**
 * Running totals of a thread since it began.
 *
 * @param tokensIn of all turns
 * @param objects cut from all turns
 * @param observations segments that the observer appended
 * @param reflections segments that the reflector put in the place of others
 * @param violations records that broke an invariant and were left out
 */
public record Totals(long tokensIn, long objects, long observations, long reflections, long violations) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    Totals turn(long tokens, long objectsCut) {
        return new Totals(tokensIn + tokens, objects + objectsCut, observations, reflections, violations);
    }

    Totals observation() {
        return new Totals(tokensIn, objects, observations + 1, reflections, violations);
    }

    Totals reflection() {
        return new Totals(tokensIn, objects, observations, reflections + 1, violations);
    }

    Totals violation() {
        return new Totals(tokensIn, objects, observations, reflections, violations + 1);
    }
}
