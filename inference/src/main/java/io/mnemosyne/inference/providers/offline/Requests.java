package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.Sentences;
import io.mnemosyne.core.observe.StandingInstruction;
import io.mnemosyne.inference.providers.offline.Transcript.Statement;

import static io.mnemosyne.core.LogEntry.Kind.COMMAND;
import static io.mnemosyne.core.LogEntry.Kind.INSTRUCTION;
import static io.mnemosyne.core.LogEntry.Kind.REQUEST;
import static io.mnemosyne.core.LogEntry.Priority.CRITICAL;
import static io.mnemosyne.core.LogEntry.Priority.MINOR;

/** What the user asked for, verbatim, and what the user wants done always or never. */
final class Requests {
    private static final int LONGEST = 600;
    private static final int SHORT = 200;
    private static final double WEIGHT = 100;

    private Requests() {
    }

    static List<Candidate> in(Transcript transcript) {
        List<Candidate> candidates = new ArrayList<>();
        for (Statement said : transcript.statements()) {
            if (said.role() == Role.USER) {
                read(said, candidates);
            }
        }
        return candidates;
    }

    private static void read(Statement said, List<Candidate> candidates) {
        String text = said.text();
        boolean slashCommand = text.startsWith("/") && text.indexOf('\n') < 0 && text.length() < SHORT;
        if (slashCommand) {
            candidates.add(Candidate.of(WEIGHT / 4, MINOR, COMMAND, SeqRange.of(said.seq()), said.at(), text));
            return;
        }
        List<String> instructions = Sentences.of(text).stream().filter(StandingInstruction::is).toList();
        boolean allInstruction = !instructions.isEmpty() && text.length() <= SHORT;
        candidates.add(entry(said, allInstruction ? INSTRUCTION : REQUEST, Texts.clip(text, LONGEST)));
        if (!allInstruction) {
            instructions.stream().limit(5)
                    .forEach(sentence -> candidates.add(entry(said, INSTRUCTION, Texts.head(sentence, LONGEST))));
        }
    }

    private static Candidate entry(Statement said, LogEntry.Kind kind, String text) {
        return Candidate.of(WEIGHT, CRITICAL, kind, SeqRange.of(said.seq()), said.at(), text);
    }
}
