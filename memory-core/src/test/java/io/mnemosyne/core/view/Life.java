package io.mnemosyne.core.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;

/**
 * A conversation, the memory of it, and an order in which a reader meets both.
 *
 * @param commands by the number of turns after which they are given
 */
record Life(List<Turn> turns, List<MemoryEvent> memory, Map<Integer, Command> commands, List<Boolean> turnsFirst) {

    /** Lets a thread live through it; where one stream has ended, the other goes on. */
    void of(ThreadUnderTest thread, Runnable afterEachStep) {
        int turn = 0;
        int event = 0;
        for (int step = 0; turn < turns.size() || event < memory.size(); step++) {
            boolean takesTurn = turnsFirst.isEmpty() || turnsFirst.get(step % turnsFirst.size());
            if (turn < turns.size() && (takesTurn || event == memory.size())) {
                thread.read(turns.get(turn++));
                Optional.ofNullable(commands.get(turn)).map(TurnEvent.Controlled::new)
                        .ifPresent(command -> thread.read(0, command));
            } else {
                thread.remember(memory.get(event++));
            }
            afterEachStep.run();
        }
    }

    Life inOrder(List<Boolean> other) {
        return new Life(turns, memory, commands, other);
    }
}
