package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;

/** What a model is asked of a request for a summary. */
final class SummarizerPrompt {
    static final Template TEMPLATE = Template.load("summarizer-1");
    static final OwnWords OWN_WORDS = new OwnWords(TEMPLATE);
    private static final double TEMPERATURE = 0;
    /** Tokens of a text that are shown at most, its beginning and end: what a summary is worth does not grow with its price. */
    private static final long LONGEST = 24_000;
    /** An excerpt of fewer tokens says too little of a text that has more. */
    private static final long SHORTEST = 200;
    /** Tokens that an answer may have beside the summary, for its losses and its form. */
    private static final long BESIDE = 1_000;
    /** Longest name or line out of the descriptor, characters; all of them are data. */
    private static final int LINE = 300;

    private final PromptRoom room;
    private final Clip clip;

    SummarizerPrompt(PromptRoom room) {
        this.room = room;
        this.clip = new Clip(room.counter());
    }

    /**
     * A prompt, and what it shows.
     *
     * @param evidence all that an answer may take names from
     */
    record Shown(ChatPrompt prompt, String evidence) {
    }

    /** The prompt of a request as far as its text fits the model's window; empty if hardly any of it does. */
    Optional<Shown> of(SummaryRequest request) {
        String about = about(request.object());
        String whole = request.content().shown();
        long left = Math.min(LONGEST, room.beside(prompt(request, about, "")));
        String text = left < SHORTEST && left < room.counter().count(whole)
                ? ""
                : clip.to(left, whole, ", to be recalled by turn " + request.object().seqs().from());
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Shown(prompt(request, about, text), about + "\n" + text));
    }

    private ChatPrompt prompt(SummaryRequest request, String about, String text) {
        SemanticObject object = request.object();
        String ask = TEMPLATE.section("ask", Map.of("tokens", object.tokens(), "target", request.targetTokens()));
        String name = object.type().name().toLowerCase(Locale.ROOT) + " of turns " + object.seqs();
        String user = TEMPLATE.section("about") + Fence.around("descriptor", about) + TEMPLATE.section("piece")
                + Fence.around(name, text) + ask + TEMPLATE.section("level " + request.fidelity().level());
        int answer = (int) Math.min(room.answer(), 2 * request.targetTokens() + BESIDE);
        return new ChatPrompt(TEMPLATE.section("system"), List.of(ChatMessage.user(user)), TEMPLATE.schema(),
                TEMPERATURE, answer);
    }

    private static String about(SemanticObject object) {
        return "line: " + line(object.stub()) + (object.tool().isEmpty() ? "" : "\ntool: " + line(object.tool()))
                + object.path().map(path -> "\nfile: " + line(path)).orElse("");
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LINE ? line : line.substring(0, LINE);
    }
}
