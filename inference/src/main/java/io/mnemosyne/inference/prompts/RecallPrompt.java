package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatPrompt;

/** What a model is asked of a question to memory. */
final class RecallPrompt {
    static final Template TEMPLATE = Template.load("recall-1");
    static final OwnWords OWN_WORDS = new OwnWords(TEMPLATE);
    private static final double TEMPERATURE = 0;
    /** Tokens of the passages that are shown at most: those further down are there for who looks through the results. */
    private static final long LONGEST = 6_000;
    /** Tokens of a question that are shown at most, its beginning and end. */
    private static final long LONGEST_QUESTION = 1_000;
    /** Tokens that an answer may have, with its form. */
    private static final int ANSWER = 600;
    /** An excerpt of fewer tokens says too little. */
    private static final long SHORTEST = 50;
    private static final int LINE = 300;

    private final PromptRoom room;
    private final Clip clip;

    RecallPrompt(PromptRoom room) {
        this.room = room;
        this.clip = new Clip(room.counter());
    }

    /**
     * A prompt, and what it shows.
     *
     * @param passages that are shown, from the first on
     * @param evidence all that an answer may take names from
     */
    record Shown(ChatPrompt prompt, int passages, String evidence) {
    }

    /** The prompt of a question with as many passages as fit; empty if not even a part of the first does. */
    Optional<Shown> of(AnswerRequest request) {
        String question = clip.to(LONGEST_QUESTION, request.question(), "");
        long left = Math.min(LONGEST, room.beside(prompt(question, "", request.found().size())));
        StringBuilder fences = new StringBuilder();
        int passages = 0;
        while (passages < request.found().size() && left >= SHORTEST) {
            String fence = fence(request.found(), passages, left);
            left -= room.counter().count(fence);
            if (left < 0 && passages > 0) {
                break;
            }
            fences.append(fence);
            passages++;
        }
        return passages == 0
                ? Optional.empty()
                : Optional.of(new Shown(prompt(question, fences.toString(), passages), passages,
                        question + "\n" + fences));
    }

    private ChatPrompt prompt(String question, String fences, int passages) {
        String user = TEMPLATE.section("question") + Fence.around("question", question) + TEMPLATE.section("passages")
                + fences + TEMPLATE.section("ask", Map.of("last", passages));
        return new ChatPrompt(TEMPLATE.section("system"), List.of(ChatMessage.user(user)), TEMPLATE.schema(),
                TEMPERATURE, Math.min(room.answer(), ANSWER));
    }

    private String fence(List<Recalled> found, int index, long left) {
        Recalled one = found.get(index);
        String stub = one.stub().replaceAll("\\s+", " ").strip();
        String line = stub.isEmpty() ? "" : stub.substring(0, Math.min(stub.length(), LINE)) + "\n";
        return Fence.around(name(found, index), line + clip.to(left, one.passage().strip(), ""));
    }

    /** Made of numbers, times and kinds alone, none of which anybody can word. */
    private static String name(List<Recalled> found, int index) {
        Recalled one = found.get(index);
        String kind = one.type().map(Enum::name).orElse(one.kind().name()).toLowerCase(Locale.ROOT);
        String older = IntStream.range(0, found.size())
                .filter(i -> one.supersedes().contains(found.get(i).id())).mapToObj(i -> Integer.toString(i + 1))
                .collect(Collectors.joining(" and "));
        return "passage " + (index + 1) + ", " + kind + " of turns " + one.seqs()
                + one.at().map(at -> ", " + at).orElse("")
                + (older.isEmpty() ? "" : ", in place of passage " + older);
    }
}
