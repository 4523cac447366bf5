package io.mnemosyne.inference.providers.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.observe.Sentences;
import io.mnemosyne.inference.providers.offline.Transcript.Statement;

/**
 * Where a stretch of turns leaves off.
 *
 * @param title what it was about in a few words
 * @param currentTask the last thing that the user asked for
 * @param nextStep the last thing that the assistant set out to do
 */
record Outlook(Optional<String> title, Optional<String> currentTask, Optional<String> nextStep) {
    private static final int TITLE = 60;
    private static final int LONGEST = 240;
    private static final int SHORT_REPLY = 12;
    private static final List<String> INTENTS = List.of("let me", "let's", "i'll", "i will", "now i", "next", "need to",
            "now let", "going to", "should ");

    static Outlook of(Transcript transcript) {
        Optional<String> task = last(transcript, Role.USER)
                .map(said -> Texts.clip(Texts.oneLine(said.text()), LONGEST));
        Optional<String> next = last(transcript, Role.ASSISTANT).flatMap(Outlook::intent);
        Optional<String> title = task.or(() -> next).map(text -> Texts.head(Texts.firstLine(text), TITLE));
        return new Outlook(title, task, next);
    }

    private static Optional<Statement> last(Transcript transcript, Role role) {
        return transcript.statements().reversed().stream().filter(said -> said.role() == role && !said.thinking())
                .filter(said -> role == Role.ASSISTANT || said.text().length() >= SHORT_REPLY).findFirst();
    }

    private static Optional<String> intent(Statement said) {
        List<String> sentences = Sentences.of(said.text());
        return sentences.reversed().stream().filter(Outlook::intends).findFirst()
                .map(sentence -> Texts.head(sentence, LONGEST));
    }

    private static boolean intends(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT).replace('’', '\'');
        return INTENTS.stream().anyMatch(lower::contains);
    }
}
