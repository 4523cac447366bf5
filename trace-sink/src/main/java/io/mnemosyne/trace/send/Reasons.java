package io.mnemosyne.trace.send;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mnemosyne.core.trace.PlacedSpan;

/** Says why a span was refused, in words that hold nothing of its content: servers like to quote what they refuse. */
final class Reasons {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{3,}");
    private static final int LONGEST = 300;

    private Reasons() {
    }

    /** @param message of the server */
    static String refused(String message, PlacedSpan span) {
        String clipped = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
        List<String> content = new ArrayList<>();
        content.add(span.span().name());
        Fields.change(span.span(), (_, text) -> {
            content.add(text);
            return text;
        });
        Matcher words = WORD.matcher(clipped);
        String safe = words.replaceAll(word -> content.stream().anyMatch(text -> text.contains(word.group()))
                ? "\u2026"
                : Matcher.quoteReplacement(word.group()));
        return ("the backend refuses this span alone: " + safe.replaceAll("\\p{Cntrl}+", " ")).strip();
    }
}
