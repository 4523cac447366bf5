package io.mnemosyne.replay.loss;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.policy.Remembering;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * Says of the paths, identifiers and numbers that an object's shorter form lacks and that are used later in the session, how
 * many the form declares as lost. Used is what stands in a later reply of the assistant, or in the arguments of a later call.
 */
public final class LossMeasure {
    private static final List<Fidelity> SHORTER = List.of(Fidelity.DETAILED, Fidelity.COMPACT, Fidelity.STUB);

    private final Sequencer sequencer;
    private final long smallest;
    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * A measure of no session yet.
     *
     * @param smallest objects with fewer tokens are left out
     */
    public LossMeasure(TokenCounter counter, long smallest) {
        this.sequencer = Remembering.sequencer(counter);
        this.smallest = smallest;
    }

    /** Adds the objects of a session. */
    public void add(Recording recording) {
        Map<String, Integer> lastUses = lastUses(recording);
        CutObject.of(recording, sequencer).stream().filter(object -> object.object().tokens() >= smallest)
                .forEach(object -> candidates.add(new Candidate(object, lastUses)));
    }

    /**
     * Measures some of the objects, or all if there are no more.
     *
     * @param seed the same one chooses the same objects of the same sessions
     * @param shortening makes the forms of an object with its text
     */
    public LossReport measure(int objects, long seed, BiFunction<SemanticObject, String, Forms> shortening) {
        List<Candidate> chosen = new ArrayList<>(candidates);
        Collections.shuffle(chosen, new Random(seed));
        Map<Fidelity, LossTally> tallies = new EnumMap<>(Fidelity.class);
        SHORTER.forEach(fidelity -> tallies.put(fidelity, new LossTally(fidelity)));
        chosen.stream().limit(objects).forEach(candidate -> candidate.count(shortening, tallies));
        return new LossReport(candidates.size(), Math.min(objects, candidates.size()),
                tallies.values().stream().map(LossTally::row).toList());
    }

    private static Map<String, Integer> lastUses(Recording recording) {
        Map<String, Integer> uses = new HashMap<>();
        for (Event event : recording.events()) {
            if (event.role() == Role.ASSISTANT) {
                Entities.ofText(event.content()).forEach(entity -> uses.put(entity, event.index()));
                for (Call call : event.calls()) {
                    Entities.ofArguments(call.arguments()).forEach(entity -> uses.put(entity, event.index()));
                }
            }
        }
        return uses;
    }

    /** @param lastUses index of the last event that uses an entity */
    private record Candidate(CutObject cut, Map<String, Integer> lastUses) {

        void count(BiFunction<SemanticObject, String, Forms> shortening, Map<Fidelity, LossTally> tallies) {
            Forms forms = shortening.apply(cut.object(), cut.text());
            Set<String> all = Entities.ofText(cut.text());
            List<String> used = all.stream().filter(Candidate::isName)
                    .filter(entity -> lastUses.getOrDefault(entity, -1) > cut.event()).toList();
            SHORTER.forEach(fidelity -> {
                Form form = forms.at(fidelity).orElseThrow();
                Objects.requireNonNull(tallies.get(fidelity)).count(cut, form, used, all);
            });
        }

        /** Whether it is a path, an identifier or a number and no words that somebody quoted. */
        private static boolean isName(String entity) {
            return entity.indexOf(' ') < 0 && Entities.ofText(entity).contains(entity);
        }
    }
}
