package io.mnemosyne.core.segment;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.segment.ShellSyntax.Step;

/** Which file a step of a shell command changes. */
final class ShellEdits {
    private ShellEdits() {
    }

    /** The last one named, if it changes any that can be told. */
    static Optional<String> target(Step step) {
        if (step.target().isPresent()) {
            return step.target();
        }
        List<String> last = step.pipe().getLast();
        String program = last.getFirst();
        if (program.equals("tee") && last.size() > 1) {
            return file(last);
        }
        boolean inPlace = (program.equals("sed") || program.equals("perl"))
                && last.stream().anyMatch(word -> word.startsWith("-i") || word.startsWith("--in-place")
                        || word.startsWith("-pi"));
        boolean copies = (program.equals("cp") || program.equals("mv") || program.equals("touch")) && last.size() > 1;
        return inPlace || copies ? file(last) : Optional.empty();
    }

    private static Optional<String> file(List<String> words) {
        return Optional.of(words.getLast()).filter(word -> !word.startsWith("-"));
    }
}
