package io.mnemosyne.replay.recording;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A tool call of a recorded session.
 *
 * @param step which model call made it, from 0
 * @param event index of the assistant event that holds it
 * @param place among the calls of its event, from 0
 * @param readKey what it reads, if it only reads: equal for every range of one file
 * @param wholeReadKey the same with all arguments
 */
public record Call(int step, int event, int place, String name, JsonNode arguments, Optional<String> readKey,
        Optional<String> wholeReadKey) {
}
