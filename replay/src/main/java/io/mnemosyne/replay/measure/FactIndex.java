package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.fact.Fact;

/** Says which facts a text contains. Each distinct text is searched once, and only for facts of which it has all words. */
final class FactIndex {
    private final List<Entity> facts;
    private final Map<Integer, List<Integer>> byAnchor = new HashMap<>();
    private final Map<Integer, List<Integer>> ofText = new HashMap<>();

    /**
     * Knows no text yet.
     *
     * @param facts numbered from 0
     * @param vocabulary of which their words become part
     */
    FactIndex(List<Fact> facts, Vocabulary vocabulary) {
        this.facts = facts.stream().map(fact -> Entity.of(fact.text(), vocabulary)).toList();
        Map<Integer, Integer> uses = new HashMap<>();
        this.facts.forEach(fact -> fact.words().forEach(word -> uses.merge(word, 1, Integer::sum)));
        for (int number = 0; number < facts.size(); number++) {
            // The rarest word: most texts without the fact do not have it.
            int anchor = this.facts.get(number).words().stream().min(Comparator.comparing(uses::get)).orElseThrow();
            byAnchor.computeIfAbsent(anchor, _ -> new ArrayList<>()).add(number);
        }
    }

    /** The numbers of the facts that a text contains. */
    List<Integer> in(BlockText text) {
        return ofText.computeIfAbsent(text.number(), _ -> search(text));
    }

    /** The same for a text that was searched before. */
    List<Integer> in(int text) {
        return ofText.getOrDefault(text, List.of());
    }

    private List<Integer> search(BlockText text) {
        BitSet words = text.words();
        return words.stream().mapToObj(word -> byAnchor.getOrDefault(word, List.of())).flatMap(List::stream)
                .filter(number -> isIn(facts.get(number), text)).toList();
    }

    private static boolean isIn(Entity fact, BlockText text) {
        return fact.words().stream().allMatch(text.words()::get) && (fact.bare() || fact.occursIn(text.plain()));
    }
}
