package io.mnemosyne.launcher.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.launcher.config.Key.Kind;
import io.mnemosyne.service.Memory;

/** The settings of answers to questions to memory. */
final class RecallKeys {
    private static final Memory.Defaults STANDARD = Memory.Defaults.STANDARD;
    private static final long SECONDS = 10;

    static final Key MODELS = new Key("recall.models", Kind.MODELS, "",
            "Who answers questions to memory, asked first to last until one does. Without it nobody is asked, and the best passages stand verbatim.");
    private static final Key ANSWER = new Key("recall.answer", Kind.ANSWER,
            STANDARD.answer().name().toLowerCase(Locale.ROOT),
            "What of an answer there is besides the results, where a question does not say it: `model` for an answer in words, which is `passages` where no model answers.");
    private static final Key TIME = new Key("recall.seconds", Kind.COUNT, Long.toString(SECONDS),
            "How long models may take for an answer, with all retries and all models of the chain, seconds; from 2 on of use.");
    private static final Key K = new Key("recall.k", Kind.COUNT, Integer.toString(STANDARD.k()),
            "Most that is found, 1 to 100, where a question does not say it.");
    private static final Key TOKENS = new Key("recall.passage-tokens", Kind.COUNT, Long.toString(STANDARD.tokens()),
            "Tokens of the passages that an answer quotes, together, about, where a question does not say it.");

    static final List<Key> ALL = List.of(MODELS, ANSWER, TIME, K, TOKENS);

    private RecallKeys() {
    }

    static Settings.Recall read(Values values, Problems problems) {
        int k = values.whole(K);
        if (k > MemoryQuery.MOST) {
            problems.add(K.name() + " is '" + k + "' and must be: 1 to " + MemoryQuery.MOST);
            k = STANDARD.k();
        }
        return new Settings.Recall(new Memory.Defaults(values.answer(ANSWER), k, values.count(TOKENS)),
                Duration.ofSeconds(values.count(TIME)));
    }
}
