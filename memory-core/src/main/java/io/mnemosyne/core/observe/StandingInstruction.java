package io.mnemosyne.core.observe;

import java.util.List;
import java.util.Locale;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Turn;

/**
 * Recognises what a user wants done always or never, rather than next. A rule of words: it is better to keep a sentence
 * that was meant for once than to lose one that was meant for good.
 */
public final class StandingInstruction {
    /** Longer texts are pasted, not said. */
    private static final int LONGEST = 4_000;
    private static final List<String> STARTS = List.of("don't ", "do not ", "never ", "always ", "avoid ", "prefer ",
            "make sure ", "remember ", "stop ", "from now on");
    private static final List<String> LEADS = List.of("please ", "and ", "but ", "so ", "also ", "ok, ", "ok ", "no, ",
            "- ", "* ", "you should ");
    private static final List<String> INSIDE = List.of("from now on", "you must ", "must not ", "in future",
            "in the future", " always ", " never ", "please don't", "please do not");

    private StandingInstruction() {
    }

    /** Whether a turn of the user holds such a sentence. */
    public static boolean isIn(Turn turn) {
        return turn.isByUser() && turn.parts().stream().filter(Part.Text.class::isInstance)
                .map(part -> part.content().shown()).filter(text -> text.length() <= LONGEST)
                .anyMatch(text -> Sentences.of(text).stream().anyMatch(StandingInstruction::is));
    }

    /** Whether a sentence tells what to do from now on. */
    public static boolean is(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT).replace('’', '\'');
        if (lower.startsWith("use ") && (lower.contains("instead") || lower.contains("rather than"))) {
            return true;
        }
        if (INSIDE.stream().anyMatch(lower::contains)) {
            return true;
        }
        String core = lower;
        for (String lead : LEADS) {
            if (core.startsWith(lead)) {
                core = core.substring(lead.length());
            }
        }
        return STARTS.stream().anyMatch(core::startsWith);
    }
}
