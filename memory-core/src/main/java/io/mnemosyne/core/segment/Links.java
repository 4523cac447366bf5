package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.SemanticObject.Relation;

/** Collects the relations of one object: at most one to each other object, and {@value #MAX} in all, the first ones. */
final class Links {
    private static final int MAX = 8;

    private final Set<String> linked = new HashSet<>();
    private final List<Relation> relations = new ArrayList<>();

    /** @param superseded the object that it supersedes, which is told elsewhere */
    Links(Optional<String> superseded) {
        superseded.ifPresent(linked::add);
    }

    /** Relates the object to others, at most so many of them. */
    void add(Relation.Kind kind, List<String> objects, int most) {
        objects.stream().filter(object -> !linked.contains(object)).limit(Math.min(most, MAX - relations.size()))
                .toList().forEach(object -> {
                    linked.add(object);
                    relations.add(new Relation(kind, object));
                });
    }

    List<Relation> relations() {
        return relations;
    }
}
