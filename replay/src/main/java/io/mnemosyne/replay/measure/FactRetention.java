package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.fact.Fact;
import io.mnemosyne.replay.fact.FactKind;
import io.mnemosyne.replay.fact.Facts;
import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Recording;

/** Counts at how many steps the facts that were told long before are in the prompt, followed by the texts that change. */
final class FactRetention {
    private final List<Fact> facts;
    private final FactIndex index;
    private final Presence presence;
    private final Tally tally;
    private final int[] textsWith;
    private final int[] asked;
    private final int[] lost;
    private BitSet texts = new BitSet();

    /**
     * Measures nothing yet.
     *
     * @param vocabulary of which the words of facts become part
     */
    FactRetention(Recording recording, Vocabulary vocabulary, Presence presence, Tally tally) {
        this.facts = Facts.of(recording);
        this.index = new FactIndex(facts, vocabulary);
        this.presence = presence;
        this.tally = tally;
        this.textsWith = new int[facts.size()];
        this.asked = new int[facts.size()];
        this.lost = new int[facts.size()];
    }

    void measure(Step step, List<Block> prompt) {
        follow(prompt);
        for (int fact = 0; fact < facts.size() && step.isLongAfter(facts.get(fact).event()); fact++) {
            asked[fact]++;
            if (textsWith[fact] == 0) {
                lost[fact]++;
            }
        }
    }

    private void follow(List<Block> prompt) {
        BitSet added = (BitSet) presence.texts().clone();
        added.andNot(texts);
        prompt.stream().map(Block::text).filter(text -> added.get(text.number())).distinct()
                .forEach(text -> index.in(text).forEach(fact -> textsWith[fact]++));
        texts.andNot(presence.texts());
        texts.stream().forEach(text -> index.in(text).forEach(fact -> textsWith[fact]--));
        texts = (BitSet) presence.texts().clone();
    }

    /** Counts what was measured. */
    void finish() {
        for (int fact = 0; fact < facts.size(); fact++) {
            FactCounts counts = FactCounts.of(facts.get(fact).kind());
            tally.add(counts.asked(), asked[fact]);
            tally.add(counts.kept(), asked[fact] - lost[fact]);
        }
    }

    /** Of each kind the facts that were lost at most steps. */
    List<LostFact> mostLost() {
        return Stream.of(FactKind.values()).flatMap(kind -> IntStream.range(0, facts.size())
                .filter(fact -> facts.get(fact).kind() == kind && lost[fact] > 0).boxed()
                .sorted(Comparator.comparingInt(fact -> -lost[fact])).limit(LostFact.KEPT)
                .map(fact -> LostFact.of(facts.get(fact), lost[fact], asked[fact]))).toList();
    }
}
