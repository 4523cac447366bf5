package io.mnemosyne.launcher.importer;

import java.util.List;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.transcript.InvalidTurnException;

/**
 * One way in which agents record sessions: JSON lines, each of which yields no, one or several turns. A reader sees the
 * lines of one session in order and may remember earlier ones.
 */
interface SessionFormat {

    /**
     * Whether this first line of a file looks like this format.
     *
     * @throws InvalidTurnException if the line is no JSON object
     */
    boolean recognises(String line) throws InvalidTurnException;

    /** Reads one session. */
    Reader open(String session);

    /** Reads the lines of one session. */
    interface Reader {

        /**
         * The turns of one line, empty for lines that are not part of the conversation.
         *
         * @param number of the line in its file, from 1
         * @throws InvalidTurnException if the line is malformed; the next line can be read all the same
         */
        List<RawTurn> read(int number, String line) throws InvalidTurnException;
    }
}
