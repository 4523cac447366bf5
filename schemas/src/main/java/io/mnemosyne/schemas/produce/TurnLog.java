package io.mnemosyne.schemas.produce;

import java.util.concurrent.CompletableFuture;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;

/** Where turns and commands are written. They take effect in the order of the calls for one thread. */
public interface TurnLog extends AutoCloseable {

    /** Completes when the turn is durable; fails if it cannot be written. */
    CompletableFuture<Position> append(ThreadKey thread, RawTurn turn);

    /** Completes when the command is durable; fails if it cannot be written. */
    CompletableFuture<Position> append(ThreadKey thread, Command command);

    @Override
    void close();
}
