package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.Sentences;
import io.mnemosyne.inference.providers.offline.Transcript.Statement;

import static io.mnemosyne.core.LogEntry.Kind.FACT;
import static io.mnemosyne.core.LogEntry.Priority.NOTABLE;

/** What the assistant asked the user before it stopped: whoever comes back later has to answer that first. */
final class Questions {
    private static final double WEIGHT = 40;
    private static final int LONGEST = 280;

    private Questions() {
    }

    static List<Candidate> in(Transcript transcript) {
        List<Candidate> candidates = new ArrayList<>();
        List<Statement> said = transcript.statements();
        for (int i = 0; i < said.size(); i++) {
            Statement statement = said.get(i);
            Optional<Statement> next = i + 1 < said.size() ? Optional.of(said.get(i + 1)) : Optional.empty();
            if (statement.role() == Role.ASSISTANT && !statement.thinking() && stops(statement, next, transcript)) {
                question(statement).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    /** Whether the assistant waits for the user behind a statement, instead of going on by itself. */
    private static boolean stops(Statement statement, Optional<Statement> next, Transcript transcript) {
        long until = next.map(Statement::seq).orElse(Long.MAX_VALUE);
        return next.filter(other -> other.role() != Role.USER).isEmpty() && transcript.uses().stream()
                .noneMatch(use -> statement.seq() <= use.seqs().from() && use.seqs().from() < until);
    }

    private static Optional<Candidate> question(Statement statement) {
        List<String> sentences = Sentences.of(statement.text());
        return sentences.isEmpty() || !sentences.getLast().endsWith("?")
                ? Optional.empty()
                : Optional.of(Candidate.of(WEIGHT, NOTABLE, FACT, SeqRange.of(statement.seq()), statement.at(),
                        "asked the user: " + clip(sentences.getLast())));
    }

    /** The end of it, which says what is asked. */
    private static String clip(String question) {
        return question.length() <= LONGEST ? question : "…" + question.substring(question.length() - LONGEST);
    }
}
