package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;

/** What a model is asked of a reflection request. The level stands last, so that all levels share a cached beginning. */
final class ReflectorPrompt {
    static final Template TEMPLATE = Template.load("reflector-1");
    static final OwnWords OWN_WORDS = new OwnWords(TEMPLATE);
    /** The hardest compression. */
    static final int LEVELS = 4;
    private static final double TEMPERATURE = 0;
    /** The project state has at most this part of the window. */
    private static final long PART_FOR_STATE = 8;

    private final PromptRoom room;
    private final LogFences fences;
    private final Clip clip;

    ReflectorPrompt(PromptRoom room) {
        this.room = room;
        this.fences = new LogFences(room.counter());
        this.clip = new Clip(room.counter());
    }

    /** What all levels of a request are shown. */
    record Shown(String state, String log) {
    }

    /** What a model is shown of a request; empty if it does not fit its window. */
    Optional<Shown> of(ReflectionRequest request) {
        String state = clip.to(room.window() / PART_FOR_STATE, LogFences.state(request.previous()), "");
        long left = room.beside(prompt(request, new Shown(state, ""), LEVELS, request.targetTokens()));
        return fences.fit(request.segments(), left).map(log -> new Shown(state, log));
    }

    /**
     * The prompt of a compression level.
     *
     * @param level 0 to 4
     * @param target tokens that the model's own entries should stay under
     */
    ChatPrompt prompt(ReflectionRequest request, Shown shown, int level, long target) {
        SeqRange range = range(request);
        long tokens = request.segments().stream().mapToLong(Segment::tokens).sum();
        String ask = TEMPLATE.section("ask",
                Map.of("from", range.from(), "to", range.to(), "tokens", tokens, "target", target));
        String user = TEMPLATE.section("state") + Fence.around("project state", shown.state())
                + TEMPLATE.section("log") + shown.log() + ask + TEMPLATE.section("level " + level);
        return new ChatPrompt(TEMPLATE.section("system"), List.of(ChatMessage.user(user)), TEMPLATE.schema(),
                TEMPERATURE,
                room.answer());
    }

    static SeqRange range(ReflectionRequest request) {
        return request.segments().getFirst().range().span(request.segments().getLast().range());
    }
}
