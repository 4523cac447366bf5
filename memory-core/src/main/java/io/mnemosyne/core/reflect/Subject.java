package io.mnemosyne.core.reflect;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a statement is about, so that a newer statement on the same subject takes the place of an older one. */
final class Subject {
    private static final int WORDS = 12;
    /** Words that turn a statement round or weigh it, but leave its subject as it is. */
    private static final Set<String> ATTITUDES = Set.of("always", "never", "not", "don't", "dont", "do", "please",
            "from", "now", "on", "should", "must", "again", "instead", "no", "longer");

    private Subject() {
    }

    /** The command or name that stands in backticks at the beginning, else the first words without numbers. */
    static String of(String text) {
        return Phrases.quoted(text).orElseGet(() -> words(text));
    }

    private static String words(String text) {
        String subject = text.lines()
                .flatMap(line -> Phrases.words(line).stream())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.chars().anyMatch(Character::isLetter))
                .filter(word -> !ATTITUDES.contains(word))
                .limit(WORDS)
                .collect(Collectors.joining(" "));
        return subject.isEmpty() ? text.strip() : subject;
    }
}
