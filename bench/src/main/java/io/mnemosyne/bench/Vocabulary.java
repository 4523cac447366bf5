package io.mnemosyne.bench;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Texts out of a few hundred words: names recur, as they do in a project, and sentences hardly ever. */
final class Vocabulary {
    private static final List<String> VERBS = List.of("check", "move", "split", "rename", "test", "measure", "explain",
            "remove", "cache", "parse", "encode", "retry", "bound", "merge", "log");
    private static final List<String> NOUNS = List.of("order", "index", "reader", "session", "token", "budget",
            "thread",
            "segment", "policy", "worker", "request", "result", "topic", "store", "window", "record", "schema",
            "counter",
            "ledger", "journal");
    private static final List<String> SUFFIXES = List.of("Factory", "Reader", "Writer", "Test", "Rule", "Table",
            "State",
            "Row");
    private static final int NUMBERS = 10_000;

    private final Random random;

    Vocabulary(Random random) {
        this.random = random;
    }

    String name() {
        String noun = any(NOUNS);
        return Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + any(SUFFIXES) + random.nextInt(30);
    }

    String path() {
        return "src/main/java/" + any(NOUNS) + "/" + name() + ".java";
    }

    String sentence() {
        return any(VERBS) + " the " + any(NOUNS) + " of " + name() + " before the " + any(NOUNS) + " has "
                + random.nextInt(NUMBERS) + " entries.";
    }

    String prose(int sentences) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append("I ").append(sentence()).append(i % 3 == 2 ? "\n" : " ");
        }
        return text.toString().strip();
    }

    String code() {
        return switch (random.nextInt(4)) {
            case 0 -> "    " + name() + " " + any(NOUNS) + " = new " + name() + "(" + random.nextInt(NUMBERS) + ");";
            case 1 -> "    return " + any(NOUNS) + "." + any(VERBS) + "(" + any(NOUNS) + ");";
            case 2 -> path() + ":" + random.nextInt(NUMBERS) + ": " + any(VERBS) + " " + any(NOUNS);
            default -> String.format(Locale.ROOT, "[INFO] %s took %d ms", name(), random.nextInt(NUMBERS));
        };
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
