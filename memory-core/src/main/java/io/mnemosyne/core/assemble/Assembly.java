package io.mnemosyne.core.assemble;

import java.util.List;
import java.util.stream.Collectors;

import io.mnemosyne.core.ThreadKey;

/** What came of assembling a prompt under a budget. */
public sealed interface Assembly {

    /**
     * A prompt that fits.
     *
     * @param blocks from stable to mutable: system, project state, reflections, observations, copies, raw tail with its times
     * @param tokens at least those of {@link #text}, at most the budget
     * @param budget the ceiling that it was made for, tokens
     */
    record Context(ThreadKey thread, List<Block> blocks, long tokens, long budget) implements Assembly {
        public Context {
            blocks = List.copyOf(blocks);
        }

        /** The whole prompt as Markdown. */
        public String text() {
            return blocks.stream().map(Block::text).collect(Collectors.joining("\n"));
        }
    }

    /**
     * The budget cannot hold the system turns, the open tool group and the newest turn in which the user speaks, which
     * are never cut, with the lines that say what was.
     *
     * @param needed the smallest budget that is not refused, tokens
     */
    record BudgetTooSmall(ThreadKey thread, long budget, long needed) implements Assembly {
    }
}
