package io.mnemosyne.replay.entity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import io.mnemosyne.replay.recording.Characters;

/**
 * Says which texts contain an entity. Texts are numbered from 0 in the order in which they are added; each pair of an
 * entity and a text is looked at once. Not thread-safe.
 */
public final class EntityIndex {
    /** Text on each side of an occurrence that is its surroundings, code points. */
    private static final int SURROUNDINGS = 150;
    private static final int MAX_OCCURRENCES = 5;
    private static final int MIN_PLAIN_WORD = 4;

    private final Vocabulary vocabulary;
    private final IntFunction<String> plainTexts;
    private final List<BitSet> textsOfWord = new ArrayList<>();
    private final Map<Entity, Known> known = new HashMap<>();
    private final Map<Place, List<Set<String>>> surroundings = new HashMap<>();
    private int size;

    /**
     * An index without texts.
     *
     * @param plainTexts gives the text of a number again, its escapes undone
     */
    public EntityIndex(Vocabulary vocabulary, IntFunction<String> plainTexts) {
        this.vocabulary = vocabulary;
        this.plainTexts = plainTexts;
    }

    /** An index of texts that stay in memory. */
    public static EntityIndex of(Vocabulary vocabulary, List<String> texts) {
        List<String> plain = texts.stream().map(Escapes::undo).toList();
        EntityIndex index = new EntityIndex(vocabulary, plain::get);
        plain.forEach(index::add);
        return index;
    }

    /**
     * Adds the next text.
     *
     * @return the words of the vocabulary that it contains
     */
    public BitSet add(String plainText) {
        BitSet words = vocabulary.in(plainText);
        while (textsOfWord.size() < vocabulary.size()) {
            textsOfWord.add(new BitSet());
        }
        int number = size++;
        words.stream().forEach(word -> textsOfWord.get(word).set(number));
        return words;
    }

    /** Which of some texts contain an entity. */
    public BitSet texts(Entity entity, BitSet among) {
        Known so = known.computeIfAbsent(entity, _ -> new Known(new BitSet(), new BitSet()));
        BitSet candidates = (BitSet) among.clone();
        entity.words().forEach(word -> candidates.and(textsOf(word)));
        BitSet unknown = (BitSet) candidates.clone();
        unknown.andNot(so.lookedAt);
        unknown.stream().filter(text -> entity.bare() || entity.occursIn(plainTexts.apply(text)))
                .forEach(so.contain::set);
        so.lookedAt.or(unknown);
        candidates.and(so.contain);
        return candidates;
    }

    /**
     * The plain words around each of the first occurrences of an entity in a text. Words of names are left out:
     * neighbouring names are no context, or a list of all names in order would look like a summary.
     */
    public List<Set<String>> surroundings(Entity entity, int text) {
        return surroundings.computeIfAbsent(new Place(entity, text), _ -> {
            String plain = plainTexts.apply(text);
            return entity.occurrences(plain, MAX_OCCURRENCES).stream().map(at -> plainWords(entity, plain, at))
                    .toList();
        });
    }

    private static Set<String> plainWords(Entity entity, String plain, int at) {
        int from = move(plain, at, -SURROUNDINGS);
        int to = move(plain, at + entity.text().length(), SURROUNDINGS);
        String window = plain.substring(from, to);
        Set<String> words = new HashSet<>(Words.of(window));
        words.removeIf(word -> Characters.count(word) < MIN_PLAIN_WORD);
        words.removeAll(new HashSet<>(Words.of(entity.text())));
        Entities.ofText(window).forEach(name -> Words.of(name).forEach(words::remove));
        return words;
    }

    private static int move(String text, int from, int by) {
        int reachable = by < 0
                ? -text.codePointCount(Math.max(0, from + 2 * by), from)
                : text.codePointCount(from, Math.min(text.length(), from + 2 * by));
        return text.offsetByCodePoints(from, by < 0 ? Math.max(by, reachable) : Math.min(by, reachable));
    }

    private BitSet textsOf(int word) {
        return word < textsOfWord.size() ? textsOfWord.get(word) : new BitSet();
    }

    private record Known(BitSet lookedAt, BitSet contain) {
    }

    private record Place(Entity entity, int text) {
    }
}
