package io.mnemosyne.core.fidelity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an object tells and a shorter text does not, found by comparing both. A model may add what else it left out, but
 * nothing that was found is ever taken away.
 *
 * @param missing names, those first that the object repeats most, of equal ones in its own order
 * @param quoted how many short quotes are missing
 * @param added by a model
 */
record Losses(List<Name> missing, int quoted, List<String> added) {
    /** Of names: they are shorter words than a text has. */
    private static final int CHARACTERS_PER_TOKEN = 3;
    private static final int MOST_ADDED = 5;
    private static final int LONGEST_ADDED = 80;
    /**
     * What numbers weigh, names being 1. In the recorded sessions 2 % of the numbers that an object has once are used later:
     * most are places of lines.
     */
    private static final double NUMBERS = 0.25;
    /**
     * Part of the room for names that the object has more than once. In the recorded sessions they are used later two to
     * three times as often as those that it has once; definitions are not used more often than other names.
     */
    private static final double REPEATED = 0.5;
    private static final Comparator<Name> MOST_REPEATED = Comparator.comparingInt((Name name) -> -name.count());

    static Losses of(ObjectText object, String shorter) {
        Told told = new Told(shorter);
        List<Name> missing = new ArrayList<>();
        int quoted = 0;
        for (Name name : object.names().all()) {
            if (name.isAlone() && !told.has(name.text())) {
                if (name.kind() == Name.Kind.QUOTED) {
                    quoted++;
                } else {
                    missing.add(name);
                }
            }
        }
        missing.sort(MOST_REPEATED);
        return new Losses(missing, quoted, List.of());
    }

    /** With what a model says of its own text, unless it names what the original does not have, or is what the text tells. */
    Losses with(List<String> declared, Told original, String shorter) {
        Told told = new Told(shorter);
        return new Losses(missing, quoted, declared.stream().map(String::strip)
                .filter(item -> !item.isEmpty() && item.length() <= LONGEST_ADDED && item.indexOf('\n') < 0)
                .filter(item -> original.hasNamesOf(item) && !told.has(item)).limit(MOST_ADDED).toList());
    }

    /**
     * The losses as short items: the names that the object repeats, one by one as far as a part of the room reaches, then
     * all others, in families.
     *
     * @param tokens about so many in all, not counting what a model added
     */
    List<String> within(int tokens) {
        int room = tokens * CHARACTERS_PER_TOKEN;
        Set<String> items = new LinkedHashSet<>(added);
        Set<String> repeated = repeated((int) (room * REPEATED));
        items.addAll(repeated);
        room -= repeated.stream().mapToInt(name -> name.length() + 2).sum();
        List<String> paths = texts(Name.Kind.PATH, repeated);
        List<String> identifiers = texts(Name.Kind.IDENTIFIER, repeated);
        List<String> numbers = texts(Name.Kind.NUMBER, repeated);
        double ofPaths = weight(paths);
        double ofIdentifiers = weight(identifiers);
        double ofNumbers = weight(numbers) * NUMBERS;
        double share = room / Math.max(1, ofPaths + ofIdentifiers + ofNumbers);
        items.addAll(Families.of(paths, false, (int) (share * ofPaths)));
        items.addAll(Families.of(identifiers, false, (int) (share * ofIdentifiers)));
        items.addAll(Families.of(numbers, true, (int) (share * ofNumbers)));
        if (quoted > 0) {
            items.add(quoted == 1 ? "1 quoted text" : quoted + " quoted texts");
        }
        return List.copyOf(items);
    }

    private Set<String> repeated(int room) {
        Set<String> names = new LinkedHashSet<>();
        int left = room;
        for (Name name : missing) {
            left -= name.text().length() + 2;
            if (name.count() == 1 || left < 0) {
                break;
            }
            names.add(name.text());
        }
        return names;
    }

    /** Many need more room, but not in proportion: families take them together. */
    private static double weight(List<String> names) {
        return Math.sqrt(names.stream().mapToInt(name -> name.length() + 2).sum());
    }

    private List<String> texts(Name.Kind kind, Set<String> told) {
        return missing.stream().filter(name -> name.kind() == kind).map(Name::text)
                .filter(name -> !told.contains(name)).toList();
    }
}
