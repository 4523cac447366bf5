package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.assemble.SizedTurn;

/**
 * What a command is about.
 *
 * @param found objects that the thread has, in the order in which they are named
 * @param missing ids of those that it does not have
 * @param understood whether anything is named
 */
record Named(List<Found> found, List<String> missing, boolean understood) {

    /** An object with the turn that it was cut from. */
    record Found(SemanticObject object, SizedTurn turn) {
        String id() {
            return object.id();
        }

        long seq() {
            return turn.seq();
        }
    }

    Named {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
    }

    /** Looks up {@code object}, {@code objects} (divided by commas) and all objects of the turn {@code seq}. */
    static Named in(Map<String, String> arguments, Texts texts) {
        List<Found> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : ids(arguments)) {
            find(id, texts).ifPresentOrElse(found::add, () -> missing.add(id));
        }
        OptionalLong seq = seq(arguments);
        if (seq.isPresent()) {
            texts.turn(seq.getAsLong()).stream()
                    .flatMap(turn -> turn.turn().objects().stream().map(object -> new Found(object, turn)))
                    .filter(one -> !found.contains(one)).forEach(found::add);
        }
        return new Named(found, missing, seq.isPresent() || !ids(arguments).isEmpty());
    }

    /** Ids in the order in which they are named, each once. */
    static List<String> ids(Map<String, String> arguments) {
        return List.copyOf(new LinkedHashSet<>(Stream.of("object", "objects")
                .flatMap(name -> Arrays.stream(arguments.getOrDefault(name, "").split(",")))
                .map(String::strip).filter(id -> !id.isEmpty()).toList()));
    }

    static OptionalLong seq(Map<String, String> arguments) {
        try {
            return OptionalLong.of(Long.parseLong(arguments.getOrDefault("seq", "")));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static Optional<Found> find(String id, Texts texts) {
        OptionalLong seq = texts.seqOf(id);
        return seq.isEmpty()
                ? Optional.empty()
                : texts.turn(seq.getAsLong()).flatMap(turn -> turn.turn().objects().stream()
                        .filter(object -> object.id().equals(id)).findFirst().map(object -> new Found(object, turn)));
    }
}
