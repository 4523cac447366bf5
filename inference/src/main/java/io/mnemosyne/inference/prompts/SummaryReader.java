package io.mnemosyne.inference.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.reflect.Repetition;
import io.mnemosyne.core.tokens.TokenCounter;

/** Makes a shorter text of what a model answered to a request, out of the sentences that hold. */
final class SummaryReader {
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
    /** A loss is a few words, characters. */
    private static final int LOSS = 120;
    private static final int LOSSES = 8;

    private final SummaryRequest request;
    private final TokenCounter counter;
    private final KnownNames known;

    SummaryReader(SummaryRequest request, String evidence, TokenCounter counter) {
        this.request = request;
        this.counter = counter;
        this.known = new KnownNames(evidence);
    }

    /** What an answer says, before it is known what it took. */
    record Summary(String text, List<String> losses) {
    }

    Reading<Summary> read(String answer) {
        Problems problems = new Problems();
        Optional<JsonNode> json = AnswerJson.summary(answer, problems);
        if (json.isEmpty()) {
            return Reading.useless(problems);
        }
        String said = json.get().path("summary").asText().strip();
        if (said.isEmpty()) {
            problems.add("answer.empty", "the summary is empty");
            return Reading.useless(problems);
        }
        if (Repetition.isDegenerate(said)) {
            problems.add("answer.degenerate", "the summary says the same over and over");
            return Reading.useless(problems);
        }
        String text = said.lines().map(line -> sound(line, problems)).filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        // Half a summary whose other half was made up is no ground to stand on.
        if (text.length() * 2 < said.length()) {
            problems.add("most of the summary does not hold");
            return Reading.useless(problems);
        }
        long tokens = counter.count(text);
        if (tokens >= request.targetTokens()) {
            problems.add("the summary has " + tokens + " tokens, but must have fewer than " + request.targetTokens());
            return Reading.useless(problems);
        }
        return Reading.of(new Summary(text, losses(json.get().path("losses"))), problems);
    }

    /** The sentences of a line that may stay. */
    private String sound(String line, Problems problems) {
        return SENTENCE_END.splitAsStream(line).filter(sentence -> holds(sentence, problems))
                .collect(Collectors.joining(" ")).stripTrailing();
    }

    private boolean holds(String sentence, Problems problems) {
        if (SummarizerPrompt.OWN_WORDS.areIn(sentence)) {
            problems.add("sentence.copied", "a sentence is taken from these instructions or has a marker of a fence");
            return false;
        }
        if (!known.coverAllIn(sentence)) {
            problems.add("sentence.invented", "a sentence has a name, path or number that the piece does not have");
            return false;
        }
        return true;
    }

    private List<String> losses(JsonNode told) {
        List<String> losses = new ArrayList<>();
        for (JsonNode loss : told) {
            Line.of(loss, LOSS, SummarizerPrompt.OWN_WORDS).filter(known::coverAllIn)
                    .filter(line -> !losses.contains(line)).ifPresent(losses::add);
        }
        return losses.size() <= LOSSES ? losses : losses.subList(0, LOSSES);
    }

    static String repair(Problems problems) {
        return SummarizerPrompt.TEMPLATE.section("repair", Map.of("problems", problems.list().stripTrailing()));
    }
}
