package io.mnemosyne.schemas.produce;

import java.util.concurrent.CompletableFuture;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.SpanRecord;

/** Where turns, commands and spans are written. Those of one thread take effect in the order of the calls. */
public interface TurnLog extends AutoCloseable {

    /** Completes when the turn is durable; fails if it cannot be written. */
    CompletableFuture<Position> append(ThreadKey thread, RawTurn turn);

    /** Completes when the command is durable; fails if it cannot be written. */
    CompletableFuture<Position> append(ThreadKey thread, Command command);

    /** Completes when what is said of a span is durable; fails if it cannot be written. It must be redacted. */
    CompletableFuture<Position> append(SpanRecord span);

    @Override
    void close();
}
