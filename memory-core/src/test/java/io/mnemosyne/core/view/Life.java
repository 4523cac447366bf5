package io.mnemosyne.core.view;

import java.util.List;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Turn;

/** A conversation, the memory of it, and an order in which a reader meets both. */
record Life(List<Turn> turns, List<MemoryEvent> memory, List<Boolean> turnsFirst) {

    /** Lets a thread live through it; where one stream has ended, the other goes on. */
    void of(ThreadUnderTest thread, Runnable afterEachStep) {
        int turn = 0;
        int event = 0;
        for (int step = 0; turn < turns.size() || event < memory.size(); step++) {
            boolean takesTurn = turnsFirst.isEmpty() || turnsFirst.get(step % turnsFirst.size());
            if (turn < turns.size() && (takesTurn || event == memory.size())) {
                thread.read(turns.get(turn++));
            } else {
                thread.remember(memory.get(event++));
            }
            afterEachStep.run();
        }
    }

    Life inOrder(List<Boolean> other) {
        return new Life(turns, memory, other);
    }
}
