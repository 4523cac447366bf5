package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Makes the prompt of a thread. Pure: the same content and budget always give the same blocks, and a longer tail only
 * adds blocks at the end as long as everything fits.
 */
public final class Assembler {
    private final TokenCounter counter;

    public Assembler(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * The prompt if it fits, the prompt cut to the budget if it does not, or the number needed.
     *
     * @param budget ceiling in tokens, at least 1
     */
    public Assembly assemble(ViewContent unsized, long budget) {
        ViewContent content = unsized.withSizedCopies();
        List<Block> blocks = whole(content);
        long tokens = tokens(blocks);
        return tokens <= budget
                ? new Assembly.Context(content.thread(), blocks, tokens, budget)
                : new Ceiling(content, state(content), budget, counter).cut(tokens);
    }

    private List<Block> whole(ViewContent content) {
        List<Block> blocks = new ArrayList<>();
        content.system().stream().map(Block::ofTurn).forEach(blocks::add);
        blocks.addAll(state(content));
        content.segments().stream().map(Block::ofSegment).forEach(blocks::add);
        content.copies().stream().map(copy -> Block.copyOf(copy, content.zone())).forEach(blocks::add);
        blocks.addAll(TimeLines.with(content, Tail.of(content), counter));
        return blocks;
    }

    private List<Block> state(ViewContent content) {
        String text = ProjectStateText.of(content.state(), content.stateBudget());
        return text.isEmpty() ? List.of() : List.of(Block.ofState(text, counter.count(text) + TurnText.JOINT));
    }

    static long tokens(List<Block> blocks) {
        return blocks.stream().mapToLong(Block::tokens).sum();
    }
}
