package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a shell command into steps, pipes and words, and knows what stands in quotes. One pass; what follows a here
 * document's first line is not looked at.
 */
final class ShellSyntax {
    private final String command;
    private final List<Step> steps = new ArrayList<>();
    private List<List<String>> pipe = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean awaitsTarget;
    private boolean here;
    private Optional<String> target = Optional.empty();

    /**
     * What runs between two separators.
     *
     * @param pipe the words of each of its commands, at least one of them
     * @param target file that it writes its output to
     */
    record Step(List<List<String>> pipe, Optional<String> target) {
        List<String> first() {
            return pipe.getFirst();
        }
    }

    private ShellSyntax(String command) {
        this.command = command;
    }

    static List<Step> steps(String command) {
        ShellSyntax syntax = new ShellSyntax(command);
        syntax.read();
        return syntax.steps;
    }

    private void read() {
        int i = 0;
        while (i < command.length() && !(here && command.charAt(i) == '\n')) {
            i = take(i);
        }
        endStep();
    }

    /** Takes what stands at an index and answers with the index behind it. */
    private int take(int at) {
        char c = command.charAt(at);
        switch (c) {
            case '\'', '"' -> {
                return takeQuoted(at, c);
            }
            case '\\' -> {
                if (at + 1 < command.length() && command.charAt(at + 1) != '\n') {
                    add(command.charAt(at + 1));
                }
                return at + 2;
            }
            case ' ', '\t', '\r' -> endWord();
            case '\n', ';' -> endStep();
            case '&' -> {
                if (isNext(at, '&')) {
                    endStep();
                    return at + 2;
                }
                add(c);
            }
            case '|' -> {
                if (isNext(at, '|')) {
                    endStep();
                    return at + 2;
                }
                endCommand();
            }
            case '<' -> {
                endWord();
                here |= isNext(at, '<');
                return isNext(at, '<') ? at + 2 : at + 1;
            }
            case '>' -> {
                return takeRedirection(at);
            }
            default -> add(c);
        }
        return at + 1;
    }

    private int takeQuoted(int at, char quote) {
        int end = command.indexOf(quote, at + 1);
        end = end < 0 ? command.length() : end;
        word.append(command, at + 1, end);
        inWord = true;
        return end + 1;
    }

    private int takeRedirection(int at) {
        boolean ofErrors = inWord && word.length() == 1 && Character.isDigit(word.charAt(0)) && word.charAt(0) != '1';
        if (inWord && word.length() == 1 && (Character.isDigit(word.charAt(0)) || word.charAt(0) == '&')) {
            word.setLength(0);
            inWord = false;
        }
        endWord();
        int next = isNext(at, '>') ? at + 2 : at + 1;
        if (next < command.length() && command.charAt(next) == '&') {
            return Math.min(command.length(), next + 2);
        }
        awaitsTarget = !ofErrors;
        return next;
    }

    private boolean isNext(int at, char c) {
        return at + 1 < command.length() && command.charAt(at + 1) == c;
    }

    private void add(char c) {
        word.append(c);
        inWord = true;
    }

    private void endWord() {
        if (!inWord) {
            return;
        }
        String text = word.toString();
        word.setLength(0);
        inWord = false;
        if (awaitsTarget) {
            awaitsTarget = false;
            target = text.startsWith("/dev/") ? target : Optional.of(text);
        } else if (!text.isEmpty()) {
            words.add(text);
        }
    }

    private void endCommand() {
        endWord();
        pipe.add(words);
        words = new ArrayList<>();
    }

    private void endStep() {
        endCommand();
        pipe.removeIf(List::isEmpty);
        if (!pipe.isEmpty()) {
            steps.add(new Step(List.copyOf(pipe), target));
        }
        pipe = new ArrayList<>();
        target = Optional.empty();
        awaitsTarget = false;
    }
}
