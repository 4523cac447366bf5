package io.mnemosyne.core.segment;

import java.util.Optional;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.SemanticObject;

/** Tells from its words what a text is about. Looks at the beginning and end of long texts only. */
final class Language {
    private static final int LOOKED_AT = 8 * 1024;
    private static final int SHORT = 120;
    private static final Pattern FAILURE = Pattern.compile("(?m)^.*(?:Traceback \\(most recent call last\\)"
            + "|BUILD FAILURE|command not found|No such file or directory|Exception in thread|SyntaxError:"
            + "|[Ee]xit(?:ed with)? (?:code|status):? ?[1-9]).*$|^(?:error|ERROR|fatal|panic|FAILED)\\b.*$"
            + "|^[A-Za-z_.]+(?:Error|Exception)(?::.*)?$");
    private static final Pattern DECISION = Pattern.compile("(?i)\\b(?:(?:i|we)(?:'ve| have)? (?:decided|chose|opted)|"
            + "(?:i|we)(?:'ll| will) (?:go with|choose|opt for)|design decision|trade-?offs?|rather than|"
            + "(?:best|right|cleanest|simplest) approach)\\b");
    private static final Pattern PLAN = Pattern
            .compile(
                    "(?i)\\b(?:here is|here's|my|the) plan\\b|(?m)^\\s*- \\[[ x]\\] |(?ms:^\\s*1[.)] .*^\\s*2[.)] .*^\\s*3[.)] )");
    private static final Pattern DEBUGGING = Pattern
            .compile(
                    "(?i)\\b(?:root cause|the (?:bug|problem|issue) (?:is|was|lies)|stack ?trace|reproduces?d? the)\\b");
    private static final Pattern PROCEDURAL = Pattern
            .compile(
                    "(?i)^(?:ok(?:ay)?|sure|done|great|perfect|good|now|next|let me|let's|i'll|i will|thanks?|thank you)\\b.*");

    private Language() {
    }

    /** The line that reports a failure, if there is one. */
    static Optional<String> failure(String text) {
        Matcher matcher = FAILURE.matcher(Excerpt.of(text, LOOKED_AT));
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    static SemanticObject.Type typeOf(String text) {
        String looked = Excerpt.of(text, LOOKED_AT);
        if (DECISION.matcher(looked).find()) {
            return SemanticObject.Type.DESIGN_DECISION;
        }
        if (PLAN.matcher(looked).find()) {
            return SemanticObject.Type.PLAN;
        }
        return DEBUGGING.matcher(looked).find()
                ? SemanticObject.Type.DEBUGGING_SESSION
                : SemanticObject.Type.CONVERSATION_PHASE;
    }

    /** Whether the text only says that something will be or was done. */
    static boolean isProcedural(String text) {
        return text.length() <= SHORT && PROCEDURAL.matches(text.strip());
    }
}
