package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Observes with a chat model. Of its answer only what holds is used; an answer without anything that holds is repaired once.
 * An empty answer counts only if it says that nothing was notable.
 */
public final class ModelObserver implements Model<ObservationRequest, ObservationResult.Outcome> {
    private final ChatModel chat;
    private final ModelName name;
    private final Counts counts;
    private final PromptRoom room;
    private final ObserverPrompt prompts;

    /**
     * An observer of any number of threads.
     *
     * @param counter of the tokens of prompts
     * @param counts takes {@code answer.*} and {@code entry.*}
     * @param window tokens that the model takes, its answer included
     * @param billed what the model's provider bills of our prompts; decides what fits
     */
    public ModelObserver(ChatModel chat, TokenCounter counter, Counts counts, long window, BilledTokens billed) {
        this.chat = chat;
        this.name = new ModelName(chat.id().provider(), chat.id().model(), ObserverPrompt.TEMPLATE.version());
        this.counts = counts;
        this.room = new PromptRoom(counter, window, chat.id(), billed);
        this.prompts = new ObserverPrompt(room);
    }

    @Override
    public ModelName nameFor(ObservationRequest request) {
        return name;
    }

    @Override
    public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
            throws ModelException, InterruptedException {
        if (request.turns().stream().allMatch(turn -> turn.parts().isEmpty())) {
            return new ObservationResult.Nothing(name.unbilled(context.insteadOf()));
        }
        ObserverPrompt.Shown shown = prompts.of(request).orElseThrow(() -> new ModelException("turns "
                + request.range() + " do not fit " + chat.id() + ": its window is given as " + room.window()
                + " tokens", false));
        Asking asking = new Asking(chat, name, request, context, room, counts);
        try {
            Reading<Observation> reading = asking.ask(shown.prompt(), context.deadline(),
                    (answer, again) -> read(answer, again, shown.evidence()), ModelObserver::repair);
            return reading.usable().orElseThrow(() -> asking.useless(reading.problems()))
                    .by(asking.provenance());
        } catch (ChatException e) {
            throw asking.failed(e);
        }
    }

    private static String repair(Problems problems) {
        return ObserverPrompt.TEMPLATE.section("repair", Map.of("problems", problems.list().stripTrailing()));
    }

    private Reading<Observation> read(String answer, boolean again, TurnEvidence evidence) {
        Problems problems = new Problems();
        Optional<JsonNode> json = AnswerJson.read(answer, problems);
        if (json.isEmpty()) {
            return Reading.useless(problems);
        }
        JsonNode entries = json.get().path("entries");
        if (Circles.areIn(entries)) {
            problems.add("answer.degenerate", "the entries say the same over and over");
            return Reading.useless(problems);
        }
        List<LogEntry> kept = new EntryReader(evidence, ObserverPrompt.OWN_WORDS).read(entries, problems);
        if (kept.isEmpty()) {
            return withoutEntries(json.get(), again, evidence, problems);
        }
        return Reading.of(Observation.of(json.get(), kept), problems);
    }

    /** Whoever obeys a turn that wants to be overlooked is asked again; whoever insists is believed. */
    private static Reading<Observation> withoutEntries(JsonNode json, boolean again, TurnEvidence evidence,
            Problems problems) {
        boolean nothing = json.path("nothing_notable").asBoolean(false) && json.path("entries").isEmpty();
        if (!nothing) {
            problems.add("there are no entries that hold, and nothing_notable is not true with an empty list");
            return Reading.useless(problems);
        }
        if (evidence.userSpeaks() && !again) {
            problems.add(ObserverPrompt.TEMPLATE.section("confirm").strip());
            return Reading.useless(problems);
        }
        return Reading.of(Observation.NOTHING, problems);
    }

    /** What an answer says, before it is known what it took. */
    private record Observation(List<LogEntry> entries, Optional<String> title, Optional<String> currentTask,
            Optional<String> nextStep) {
        static final Observation NOTHING = new Observation(List.of(), Optional.empty(), Optional.empty(),
                Optional.empty());

        static Observation of(JsonNode json, List<LogEntry> entries) {
            return new Observation(entries, Line.of(json.path("title"), Line.TITLE, ObserverPrompt.OWN_WORDS),
                    Line.of(json.path("current_task"), Line.TASK, ObserverPrompt.OWN_WORDS),
                    Line.of(json.path("next_step"), Line.TASK, ObserverPrompt.OWN_WORDS));
        }

        ObservationResult.Outcome by(Provenance provenance) {
            return entries.isEmpty()
                    ? new ObservationResult.Nothing(provenance)
                    : new ObservationResult.Observed(entries, title, currentTask, nextStep, provenance);
        }
    }
}
