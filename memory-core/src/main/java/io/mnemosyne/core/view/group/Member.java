package io.mnemosyne.core.view.group;

import java.util.OptionalDouble;

import io.mnemosyne.core.SemanticObject;

/**
 * An object and what ties it to the one before.
 *
 * @param seq of the turn that it was cut from
 * @param tokens of its whole text
 * @param embedded whether it was admitted, so that it can have a vector; others are passed over when neighbours are compared
 * @param goesOn whether it goes on with what the object before it says: same type, no tool call and no new turn of the user
 *            between
 * @param alike whether the admitted object before it has its type
 * @param similarity cosine with that object, once both have a vector
 * @param joined whether the journal has it in the group of the object before
 */
record Member(String id, SemanticObject.Type type, long seq, long tokens, boolean embedded, boolean goesOn,
        boolean alike, OptionalDouble similarity, boolean joined) {

    static Member of(SemanticObject object, long seq, boolean goesOn, boolean alike) {
        return new Member(object.id(), object.type(), seq, object.tokens(), object.admission().admitted(), goesOn,
                alike, OptionalDouble.empty(), false);
    }

    Member with(OptionalDouble compared) {
        return new Member(id, type, seq, tokens, embedded, goesOn, alike, compared, joined);
    }

    Member joined(boolean now) {
        return new Member(id, type, seq, tokens, embedded, goesOn, alike, similarity, now);
    }

    boolean beginsTopic(GroupRules rules) {
        return similarity.isPresent() && similarity.getAsDouble() < rules.shift();
    }

    boolean resembles(GroupRules rules) {
        return alike && similarity.isPresent() && similarity.getAsDouble() > rules.merge();
    }
}
