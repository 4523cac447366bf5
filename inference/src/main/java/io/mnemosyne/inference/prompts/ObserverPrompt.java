package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;

/** What a model is asked of an observation request. */
final class ObserverPrompt {
    static final Template TEMPLATE = Template.load("observer-1");
    static final OwnWords OWN_WORDS = new OwnWords(TEMPLATE);
    /** A little freedom keeps models from running in circles. */
    private static final double TEMPERATURE = 0.3;
    /** The prior memory has at most this part of the window. */
    private static final long PART_FOR_MEMORY = 16;

    private final PromptRoom room;
    private final TurnFences fences;
    private final Clip clip;

    ObserverPrompt(PromptRoom room) {
        this.room = room;
        this.fences = new TurnFences(room.counter());
        this.clip = new Clip(room.counter());
    }

    /** A prompt, and the turns of which it shows something. */
    record Shown(ChatPrompt prompt, TurnEvidence evidence) {
    }

    /** The prompt of a request as far as it fits the model's window; empty if not even the newest turn does. */
    Optional<Shown> of(ObservationRequest request) {
        SeqRange range = request.range();
        String memory = clip.to(room.window() / PART_FOR_MEMORY, request.priorMemory(), "");
        TurnFences.Shown turns = fences.fit(request.turns(), room.beside(prompt(range, memory, "")));
        return turns.turns().isEmpty()
                ? Optional.empty()
                : Optional.of(new Shown(prompt(range, memory, turns.text()), TurnEvidence.of(range, turns.turns())));
    }

    private ChatPrompt prompt(SeqRange range, String memory, String turns) {
        String ask = TEMPLATE.section("ask", Map.of("from", range.from(), "to", range.to()));
        String user = TEMPLATE.section("memory") + Fence.around("memory", memory) + TEMPLATE.section("turns") + turns
                + ask;
        return new ChatPrompt(TEMPLATE.section("system"), List.of(ChatMessage.user(user)), TEMPLATE.schema(),
                TEMPERATURE,
                room.answer());
    }
}
