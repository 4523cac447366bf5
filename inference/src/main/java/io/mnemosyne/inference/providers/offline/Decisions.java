package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.Sentences;
import io.mnemosyne.core.text.Names;
import io.mnemosyne.inference.providers.offline.Transcript.Statement;

import static io.mnemosyne.core.LogEntry.Kind.DECISION;
import static io.mnemosyne.core.LogEntry.Priority.NOTABLE;

/** What the assistant found out, decided and finished: the most telling sentences of what it said. */
final class Decisions {
    private static final int PER_STATEMENT = 4;
    private static final int LONGEST = 280;
    private static final int TELLING = 3;
    private static final Map<String, Integer> MARKS = Map.ofEntries(Map.entry("root cause", 5),
            Map.entry("the fix is", 5), Map.entry("decided", 5), Map.entry("the problem is", 4),
            Map.entry("the issue is", 4), Map.entry("the bug is", 4), Map.entry("the issue was", 4),
            Map.entry("the problem was", 4), Map.entry("turns out", 4), Map.entry("because", 2),
            Map.entry("instead of", 2), Map.entry("rather than", 2), Map.entry("i found", 3), Map.entry("i see", 2),
            Map.entry("confirm", 2), Map.entry("fixed", 2), Map.entry("done", 1), Map.entry("should", 1),
            Map.entry("need to", 1), Map.entry("so that", 1), Map.entry("therefore", 2), Map.entry("caused by", 3),
            Map.entry("is caused", 3), Map.entry("hypothesis", 2), Map.entry("i'll", 1), Map.entry("i will", 1),
            Map.entry("now ", 1), Map.entry("changed", 1), Map.entry("added", 1), Map.entry("removed", 1),
            Map.entry("implemented", 2), Map.entry("updated", 1), Map.entry("works", 1), Map.entry("will not", 1),
            Map.entry("cannot", 1), Map.entry("won't", 1));

    private Decisions() {
    }

    static List<Candidate> in(Transcript transcript) {
        List<Candidate> candidates = new ArrayList<>();
        for (Statement said : transcript.statements()) {
            if (said.role() == Role.ASSISTANT) {
                of(said).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static Optional<Candidate> of(Statement said) {
        record Rated(int index, int score, String text) {
        }
        List<String> sentences = Sentences.of(said.text());
        List<Rated> rated = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            int score = score(sentences.get(i));
            if (score >= TELLING) {
                rated.add(new Rated(i, score, Texts.head(sentences.get(i), LONGEST)));
            }
        }
        if (rated.isEmpty()) {
            return Optional.empty();
        }
        rated.sort(Comparator.comparingInt((Rated sentence) -> -sentence.score()).thenComparingInt(Rated::index));
        List<Rated> best = rated.stream().limit(PER_STATEMENT).sorted(Comparator.comparingInt(Rated::index)).toList();
        String text = String.join(" ", best.stream().map(Rated::text).toList());
        double weight = (said.thinking() ? 10 : 25) + rated.getFirst().score() * 4.0;
        return Optional.of(Candidate.of(weight, NOTABLE, DECISION, SeqRange.of(said.seq()), said.at(), text));
    }

    /** How much a sentence tells: marks of a finding or a decision, and names that it carries. */
    static int score(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT).replace('’', '\'');
        int score = 0;
        for (Map.Entry<String, Integer> mark : MARKS.entrySet()) {
            if (lower.contains(mark.getKey())) {
                score += mark.getValue();
            }
        }
        int[] names = {0};
        Names.scan(sentence, (start, end, kind) -> names[0] += kind == Names.Kind.NUMBER ? 0 : 1);
        score += Math.min(3, names[0]);
        return sentence.length() < 20 ? score - 2 : score;
    }
}
