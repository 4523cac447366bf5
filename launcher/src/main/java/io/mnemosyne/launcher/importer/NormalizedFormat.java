package io.mnemosyne.launcher.importer;

import java.util.List;
import java.util.Map;

import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;
import io.mnemosyne.core.transcript.TurnJsonReader;

/** Mnemosyne's own form: each line is one turn as {@link TurnJsonReader} reads it. */
final class NormalizedFormat implements SessionFormat {

    @Override
    public boolean recognises(String line) throws InvalidTurnException {
        Map<String, String> fields = RawJson.fields(line);
        return fields.containsKey("role") && !fields.containsKey("message");
    }

    @Override
    public Reader open(String session) {
        return (number, line) -> List.of(TurnJsonReader.read(line, session + ":" + number));
    }
}
