package io.mnemosyne.bench.recall;

import java.util.Set;

import io.mnemosyne.replay.entity.Entity;

/**
 * What a recorded action shows that its agent had to know.
 *
 * @param session that it is from
 * @param event index of the action
 * @param before index of the turn that the text is from; only what comes before it is searched
 * @param text recorded just before the action, with the sought entity removed
 * @param entity sought
 * @param gold ids of the old objects that hold it
 */
record Question(Session session, int event, int before, String text, Entity entity, Set<String> gold) {
    Question {
        gold = Set.copyOf(gold);
    }

    String source() {
        return session.recording().source();
    }

    /** Whether it counts for the choice of the weights, and not for how well they do on what they were not chosen by. */
    boolean isForFitting() {
        return Math.floorMod(session.task().hashCode() * 31, 2) == 0;
    }
}
