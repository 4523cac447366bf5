package io.mnemosyne.core.fidelity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Turn;

/** What the agent said in a turn, its words and the arguments of its calls, as hashes to be looked up. */
public record Said(Set<Integer> names, Set<Integer> passages) {
    public Said {
        names = Set.copyOf(names);
        passages = Set.copyOf(passages);
    }

    public static Said in(Turn turn) {
        Set<Integer> names = new HashSet<>();
        Set<Integer> passages = new HashSet<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.Text || part instanceof Part.ToolCall) {
                List<String> words = Marks.words(part.content().shown());
                words.forEach(word -> names.add(word.hashCode()));
                passages.addAll(Marks.passagesOf(words));
            }
        }
        return new Said(names, passages);
    }
}
