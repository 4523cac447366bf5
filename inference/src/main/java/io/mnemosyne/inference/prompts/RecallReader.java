package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.reflect.Repetition;

/** Makes an answer to a question of what a model said, if all of it holds: half of an answer may say the opposite. */
final class RecallReader {
    /** Numbers in square brackets, unless they belong to the word in front of them. */
    private static final Pattern CITATION = Pattern
            .compile("(?<![\\p{L}\\p{N}_)\\]])\\[(\\d{1,4}(?:\\s*,\\s*\\d{1,4})*)]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final int passages;
    private final KnownNames known;

    RecallReader(RecallPrompt.Shown shown) {
        this.passages = shown.passages();
        this.known = new KnownNames(shown.evidence());
    }

    /** What an answer says, before it is known what it took. */
    record Said(String text, boolean told, List<Integer> cited) {
    }

    Reading<Said> read(String answer) {
        Problems problems = new Problems();
        Optional<JsonNode> json = AnswerJson.recall(answer, problems);
        if (json.isEmpty()) {
            return Reading.useless(problems);
        }
        String text = json.get().path("answer").asText().strip();
        Set<Integer> cited = new TreeSet<>();
        json.get().path("passages").forEach(number -> cited.add(number.asInt(-1)));
        CITATION.matcher(text).results().map(MatchResult::group).flatMap(group -> NUMBER.matcher(group).results())
                .forEach(number -> cited.add(Integer.parseInt(number.group())));
        boolean told = json.get().path("told").asBoolean();
        check(text, told, cited, problems);
        return problems.areNone()
                ? Reading.of(new Said(text, told, List.copyOf(cited)), problems)
                : Reading.useless(problems);
    }

    private void check(String text, boolean told, Set<Integer> cited, Problems problems) {
        if (text.isEmpty()) {
            problems.add("answer.empty", "the answer is empty");
        } else if (Repetition.isDegenerate(text)) {
            problems.add("answer.degenerate", "the answer says the same over and over");
        }
        if (RecallPrompt.OWN_WORDS.areIn(text)) {
            problems.add("answer.copied", "the answer is taken from these instructions or has a marker of a fence");
        }
        if (cited.stream().anyMatch(number -> number < 1 || number > passages)) {
            problems.add("answer.miscited", "the answer cites a passage that there is not: there are 1 to " + passages);
        }
        if (told && cited.isEmpty()) {
            problems.add("answer.miscited", "the answer cites no passage");
        }
        if (!known.coverAllIn(CITATION.matcher(text).replaceAll(" "))) {
            problems.add("answer.invented", "the answer has a name, path or number that no passage has");
        }
    }

    static String repair(Problems problems) {
        return RecallPrompt.TEMPLATE.section("repair", Map.of("problems", problems.list().stripTrailing()));
    }
}
