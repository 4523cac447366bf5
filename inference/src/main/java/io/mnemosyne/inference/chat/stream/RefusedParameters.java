package io.mnemosyne.inference.chat.stream;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Remembers which parameters a model does not take. Thread-safe. */
public final class RefusedParameters {
    private final Map<String, Pattern> words;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** @param words by which errors call each parameter that a model can do without */
    public RefusedParameters(Map<String, Pattern> words) {
        this.words = Map.copyOf(words);
    }

    Set<String> all() {
        return Set.copyOf(refused);
    }

    /**
     * Remembers the parameter that this error is about.
     *
     * @param sent the parameters of the request that was refused
     * @return the parameter; empty if the error is about something else, or asking again would be the same request
     */
    Optional<String> learn(ErrorResponse error, Set<String> sent, AnswerStream stream) {
        Optional<String> named = sent.stream().filter(name -> error.parameter().startsWith(name)).findFirst()
                .or(() -> sent.stream()
                        .filter(name -> Optional.ofNullable(words.get(name)).filter(error::says).isPresent())
                        .findFirst());
        Set<String> next = new HashSet<>(refused);
        named.ifPresent(next::add);
        if (named.isEmpty() || stream.parameters(next).equals(sent)) {
            return Optional.empty();
        }
        refused.add(named.get());
        return named;
    }
}
