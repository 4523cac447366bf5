package io.mnemosyne.core.segment;

import java.util.Optional;

/**
 * What is kept of a tool call until its result comes.
 *
 * @param id the provider's call id
 * @param name of the tool
 * @param path of the file that it shows or changes, if it does
 * @param stretch which part of the file, at most 200 characters, empty for all of it
 * @param summary what it does, one short line
 * @param asker id of the object that holds the message which made it
 */
public record CallFacts(String id, String name, ToolAction action, Optional<String> path, String stretch,
        String summary, Optional<String> asker) {

    /** The part of the file that the arguments ask for. */
    Stretch lines() {
        return Stretch.of(stretch);
    }

    CallFacts askedBy(Optional<String> message) {
        return new CallFacts(id, name, action, path, stretch, summary, message);
    }
}
