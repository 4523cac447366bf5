package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.CommandData;
import io.mnemosyne.avro.CommandKind;
import io.mnemosyne.core.Command;

/** Instructions about threads. */
final class Commands {
    private Commands() {
    }

    static CommandData toAvro(Command command) {
        return new CommandData(command.commandId(), Symbols.toAvro(CommandKind.class, command.kind()),
                Nullables.toAvro(command.at()), command.arguments());
    }

    static Command toCore(CommandData command) {
        return new Command(command.getCommandId(), Symbols.toCore(Command.Kind.class, command.getKind()),
                Nullables.toCore(command.getAt()), command.getArguments());
    }
}
