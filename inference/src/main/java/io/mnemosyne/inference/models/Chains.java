package io.mnemosyne.inference.models;

import java.util.List;
import java.util.stream.Stream;

import io.mnemosyne.inference.chat.ModelId;

/**
 * Who is asked, first to last, until one answers.
 *
 * @param observer not empty
 * @param reflector not empty
 * @param summarizer empty where nobody is asked for summaries, so that excerpts stand
 * @param recall empty where nobody is asked for answers out of memory, so that passages stand
 */
public record Chains(List<ModelId> observer, List<ModelId> reflector, List<ModelId> summarizer,
        List<ModelId> recall) {
    /** For whom has no key. */
    public static final Chains OFFLINE = new Chains(List.of(ModelId.OFFLINE), List.of(ModelId.OFFLINE), List.of());

    public Chains {
        observer = List.copyOf(observer);
        reflector = List.copyOf(reflector);
        summarizer = List.copyOf(summarizer);
        recall = List.copyOf(recall);
        if (observer.isEmpty() || reflector.isEmpty()) {
            throw new IllegalArgumentException("a chain needs at least one model; write offline for the extractor");
        }
    }

    /** Chains in which nobody is asked for answers out of memory. */
    public Chains(List<ModelId> observer, List<ModelId> reflector, List<ModelId> summarizer) {
        this(observer, reflector, summarizer, List.of());
    }

    /** All that are named, each once. */
    public Stream<ModelId> models() {
        return Stream.of(observer, reflector, summarizer, recall).flatMap(List::stream).distinct();
    }
}
