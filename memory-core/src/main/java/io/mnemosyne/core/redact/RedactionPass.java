package io.mnemosyne.core.redact;

import java.util.Map;
import java.util.TreeMap;

/** Adds up what is found in the texts of one event. */
class RedactionPass {
    private final Redactor redactor;
    private final Map<String, Integer> counts = new TreeMap<>();

    RedactionPass(Redactor redactor) {
        this.redactor = redactor;
    }

    final Map<String, Integer> counts() {
        return counts;
    }

    final String text(String text) {
        Redacted<String> redacted = redactor.redact(text);
        redacted.counts().forEach((rule, count) -> counts.merge(rule, count, Integer::sum));
        return redacted.value();
    }

    final Map<String, String> map(Map<String, String> texts) {
        Map<String, String> clean = new TreeMap<>();
        texts.forEach((name, value) -> clean.put(text(name), named(name, value)));
        return clean;
    }

    /** A value is judged together with its name. */
    private String named(String name, String value) {
        String frame = name + "=";
        String framed = text(frame + value);
        return framed.startsWith(frame) ? framed.substring(frame.length()) : text(value);
    }
}
