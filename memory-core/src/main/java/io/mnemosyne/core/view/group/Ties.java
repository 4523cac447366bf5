package io.mnemosyne.core.view.group;

import java.util.BitSet;
import java.util.List;

/** Decides which objects are one unit: a function of the objects and their similarities, and of nothing that was before. */
final class Ties {
    private final List<Member> members;
    private final GroupRules rules;
    private final BitSet tied = new BitSet();

    private Ties(List<Member> members, GroupRules rules) {
        this.members = members;
        this.rules = rules;
    }

    /** The places of the objects that are in one group with the object before. */
    static BitSet of(List<Member> members, GroupRules rules) {
        Ties ties = new Ties(members, rules);
        ties.tie();
        ties.cut();
        return ties.tied;
    }

    /** Objects without vectors that stand between two that are tied go with them. */
    private void tie() {
        int next = 1;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (i > 0 && member.goesOn()) {
                tied.set(i);
            }
            if (member.embedded()) {
                if (i > 0 && member.resembles(rules)) {
                    tied.set(next, i + 1);
                }
                next = i + 1;
            }
        }
    }

    /**
     * From left to right, so that nothing changes when the oldest groups are forgotten: what is left of a chain of ties is
     * cut where a topic begins as long as it is too large, and in any case when a group is full.
     */
    private void cut() {
        int start = 0;
        for (int i = 1; i < members.size(); i++) {
            if (tied.get(i) && (i - start == Groups.MAX_GROUP
                    || (members.get(i).beginsTopic(rules) && tokensFrom(start) > rules.splitAbove()))) {
                tied.clear(i);
            }
            start = tied.get(i) ? start : i;
        }
    }

    private long tokensFrom(int start) {
        int end = tied.nextClearBit(start + 1);
        return members.subList(start, Math.min(end, members.size())).stream().mapToLong(Member::tokens).sum();
    }
}
