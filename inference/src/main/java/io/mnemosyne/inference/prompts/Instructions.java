package io.mnemosyne.inference.prompts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.reflect.Phrases;
import io.mnemosyne.core.tokens.TokenCounter;

/** What the user wants always or never. It goes from one log into the next without passing through a model. */
final class Instructions {
    /** If they would crowd out everything else, long ones are cut to so many characters. */
    private static final int CUT = 400;

    private Instructions() {
    }

    /** Each once, to the letter as long as they take no more than half of the target. */
    static List<LogEntry> of(List<LogEntry> log, long targetTokens, TokenCounter counter) {
        Map<String, LogEntry> newest = new LinkedHashMap<>();
        for (LogEntry entry : log) {
            if (entry.kind() == Kind.INSTRUCTION) {
                newest.remove(entry.text());
                newest.put(entry.text(), entry);
            }
        }
        List<LogEntry> kept = List.copyOf(newest.values());
        return tokens(kept, counter) <= targetTokens / 2
                ? kept
                : kept.stream().map(entry -> entry.withText(Phrases.clip(entry.text(), CUT))).toList();
    }

    static long tokens(List<LogEntry> entries, TokenCounter counter) {
        return entries.stream().mapToLong(entry -> counter.count(entry.text())).sum();
    }
}
