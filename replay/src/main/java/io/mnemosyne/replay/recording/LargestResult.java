package io.mnemosyne.replay.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;

/** Takes the largest tool result out of a session, which alone can decide what a whole measurement says. */
public final class LargestResult {
    private LargestResult() {
    }

    /** The same turns, but the result with most bytes is empty: it keeps its place and its call. */
    public static List<RawTurn> leftOut(List<RawTurn> turns) {
        List<RawTurn> others = new ArrayList<>(turns);
        IntStream.range(0, turns.size()).boxed().max(Comparator.comparingLong(i -> bytes(turns.get(i))))
                .filter(i -> bytes(turns.get(i)) > 0).ifPresent(i -> others.set(i, emptied(turns.get(i))));
        return others;
    }

    private static long bytes(RawTurn turn) {
        return turn.parts().stream().filter(Part.ToolResult.class::isInstance)
                .mapToLong(part -> part.content().bytes()).sum();
    }

    private static RawTurn emptied(RawTurn turn) {
        return turn.withParts(turn.parts().stream()
                .map(part -> part instanceof Part.ToolResult ? part.withContent(Content.of("")) : part).toList());
    }
}
