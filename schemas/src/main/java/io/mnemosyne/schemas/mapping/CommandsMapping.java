package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.CommandsEnvelope;
import io.mnemosyne.core.Command;

/** Values of {@code commands}. */
public final class CommandsMapping implements Mapping<Command, CommandsEnvelope> {
    private static final String COMMAND = "command";

    @Override
    public CommandsEnvelope toAvro(Command command) {
        return new CommandsEnvelope(COMMAND, Commands.toAvro(command));
    }

    @Override
    public Command toCore(CommandsEnvelope envelope) {
        return Commands.toCore(Kinds.only(COMMAND, envelope.getKind(), envelope.getCommand()));
    }
}
