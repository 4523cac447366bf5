package io.mnemosyne.core.segment;

import java.util.Optional;

/**
 * What is kept of a tool call until its result comes.
 *
 * @param id the provider's call id
 * @param name of the tool
 * @param path of the file that it shows, if it shows one
 * @param stretch which part of the file, at most 200 characters, empty for all of it; two reads of different
 *            stretches do not replace each other
 * @param summary what it does, one short line
 */
public record CallFacts(String id, String name, ToolAction action, Optional<String> path, String stretch,
        String summary) {

    /** The file, or the stretch of it, that the result shows. */
    Optional<String> view() {
        return action == ToolAction.READ
                ? path.map(file -> stretch.isEmpty() ? file : file + " " + stretch)
                : Optional.empty();
    }
}
