package io.mnemosyne.core.segment;

import java.util.List;

import io.mnemosyne.core.SemanticObject;

/** Tells from its words what a message is about. */
final class MessageType {
    private static final List<String> CAUSES = List.of("root cause", "caused by", "is due to", "because of this",
            "issue is that", "issue is in", "issue is with", "issue was", "issue occurs", "issue is likely",
            "issue seems", "issue lies", "problem is", "problem was", "problem seems", "problem lies", "bug is",
            "bug was", "bug seems", "bug lies", "bug occurs", "error is", "error occurs", "error was", "source of the",
            "see the issue", "see the problem", "understand the issue", "found the issue", "found the problem",
            "found the bug", "falls through", "hypothesis", "indicates that the", "indicates a", "suggests that there",
            "suggesting that", "likely related", "might be related", "may be related", "seems to be related",
            "could be related", "is related to", "likely caused", "likely due", "likely that",
            "that's why", "this is why", "this explains", "is trying to", "leads to", "leading to", "lead to",
            "resulting in", "syntax error", "incorrectly", "doesn't account", "doesn't have", "too late", "is missing",
            "causing", "causes");
    private static final List<String> APPROACHES = List.of("different approach", "another approach",
            "one more approach", "alternative approach", "alternative solution", "new approach", "better approach",
            "best approach", "the approach", "our approach", "this approach", "simplest approach", "design decision",
            "trade-off", "tradeoff", "i decided", "we decided", "i chose", "we chose", "opted", "go with",
            "rather than", "fix is to", "fixed by", "solution is", "explain the fix", "explain the changes",
            "simplify the fix", "fix further", "to fix this", "this ensures", "this way,", "instead of modifying",
            "instead of trying", "we need to add", "need to change", "we should use", "i should use");
    private static final List<String> NAMED_BY = List.of(" by ", "instead of ", "directly ", "focus on ",
            "focusing on ",
            "involve ", "consider other", "would be", "could be", "is to ");
    private static final List<String> CHANGES = List.of("modify", "add ", "adding", "change the", "changing", "replace",
            "replacing", "insert", "update the", "initializ", "wrap", "use the", "using the", "refin");
    private static final List<String> PURPOSES = List.of("to ensure", "to handle", "to prevent", "to avoid", "so that",
            "which should", "to make sure", "ensures", "to allow", "to include this");
    private static final List<String> ADMINISTRATIVE = List.of("template", "all the buggy lines", "parameter",
            "the script", "the test", "search", "to find");
    private static final List<String> RESTATED = List.of("pr description", "issue description", "task description");
    private static final List<String> REPORTS = List.of("let me summarize", "summary", "look good", "have been",
            "was done", "i've added", "i've updated", "i have added", "i have updated", "now invalid");
    private static final List<String> ASKED = List.of("could you", "please provide", "please confirm", "please let me",
            "would you like", "can you", "i need the following", "following details", "i'll need");
    private static final List<String> INTENDED = List.of("i'll ", "i will ", "let's ", "we'll ", "we will ",
            "we should ", "let me ", "going to ");
    private static final List<String> BEGINS = List.of(" first ", "first,", "start by ", "starting by ", "begin by ",
            "begin with ", "start with ");
    private static final List<String> GOES_ON = List.of(" then ", "then,", "after that", "afterwards", "finally",
            "and then");
    private static final List<String> STEPS = List.of("the plan", "here's my plan", "here is my plan", "a plan",
            "steps involved", "steps are", "the process is", "process is:", "next steps", "remaining steps", "todo",
            "let's test some", "we need to:", "i'll:", "i will:", "will do the following", "to do this, ",
            "follow these steps", "follow the steps");
    /** More than a command's: code that is handed over. */
    private static final int MUCH_CODE = 3;

    private MessageType() {
    }

    static SemanticObject.Type of(String text) {
        Prose prose = Prose.of(text);
        if (isPlan(prose)) {
            return SemanticObject.Type.PLAN;
        }
        long causes = prose.says(RESTATED) ? 0 : prose.count(CAUSES);
        long approaches = approaches(prose);
        if ((prose.says(REPORTS) && causes < 2 && approaches < 2) || (causes == 0 && approaches == 0)) {
            return SemanticObject.Type.CONVERSATION_PHASE;
        }
        return causes >= approaches ? SemanticObject.Type.DEBUGGING_SESSION : SemanticObject.Type.DESIGN_DECISION;
    }

    /** Sentences that name an approach, or a change and what it is for. */
    private static long approaches(Prose prose) {
        boolean named = prose.says(NAMED_BY);
        return prose.sentences().stream().filter(sentence -> {
            boolean administrative = has(sentence, ADMINISTRATIVE);
            boolean approach = has(sentence, APPROACHES) && (named || !sentence.contains("approach"));
            return !administrative && (approach || (has(sentence, CHANGES) && has(sentence, PURPOSES)));
        }).count();
    }

    private static boolean isPlan(Prose prose) {
        if (prose.codeLines() > MUCH_CODE || (prose.says(ASKED) && !prose.says(STEPS))) {
            return false;
        }
        if (prose.says(STEPS) && prose.items().size() == 1) {
            return false;
        }
        boolean inOneBreath = prose.sentences().stream().anyMatch(sentence -> has(sentence, INTENDED)
                && has(sentence, GOES_ON) && !sentence.contains("should ensure"));
        boolean inOrder = prose.says(BEGINS) && prose.count(INTENDED) >= 2;
        return prose.lists(STEPS) || inOneBreath || inOrder;
    }

    private static boolean has(String sentence, List<String> cues) {
        return cues.stream().anyMatch(sentence::contains);
    }
}
