package io.mnemosyne.replay.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.PromptBlock.Kind;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Characters;
import io.mnemosyne.replay.recording.Event;

/**
 * Another policy in no more room than a run had for its prompts, step by step, so that the two can be compared at the same
 * number of tokens. System blocks and the user's first message stay if they fit; of the rest the newest stay, and of the
 * first that does not fit its end.
 */
public final class Matched implements ReplayPolicy {
    private final ReplayPolicy policy;
    private final Function<String, List<Long>> lengths;

    /**
     * A policy within the room of a run.
     *
     * @param lengths of the prompts of a session in the order of their steps, in code points; a step that it does not know
     *            has no limit
     */
    public Matched(ReplayPolicy policy, Function<String, List<Long>> lengths) {
        this.policy = policy;
        this.lengths = lengths;
    }

    @Override
    public Prompter begin(String session) {
        Prompter whole = policy.begin(session);
        List<Long> rooms = lengths.apply(session);
        return new Prompter() {
            private int step;

            @Override
            public void append(Event event) {
                whole.append(event);
            }

            @Override
            public List<PromptBlock> prompt() {
                long room = step < rooms.size() ? rooms.get(step) : Long.MAX_VALUE;
                step++;
                return fit(whole.prompt(), room);
            }
        };
    }

    private static List<PromptBlock> fit(List<PromptBlock> blocks, long room) {
        Set<PromptBlock> kept = new HashSet<>();
        long left = room;
        boolean hasUser = false;
        for (PromptBlock block : blocks) {
            boolean first = block.kind() == Kind.USER && !hasUser;
            hasUser |= first;
            if ((first || block.kind() == Kind.SYSTEM) && length(block) <= left) {
                kept.add(block);
                left -= length(block);
            }
        }
        List<PromptBlock> fitting = new ArrayList<>();
        boolean full = false;
        for (PromptBlock block : blocks.reversed()) {
            if (kept.contains(block)) {
                fitting.addFirst(block);
            } else if (!full) {
                full = length(block) > left;
                if (left > 0) {
                    fitting.addFirst(full ? endOf(block, left) : block);
                }
                left -= length(block);
            }
        }
        return fitting;
    }

    private static PromptBlock endOf(PromptBlock block, long length) {
        String text = block.text();
        int from = text.offsetByCodePoints(0, (int) (length(block) - length));
        return PromptBlock.of(Kind.STUB, block.events(), text.substring(from));
    }

    private static long length(PromptBlock block) {
        return Characters.count(block.text());
    }
}
