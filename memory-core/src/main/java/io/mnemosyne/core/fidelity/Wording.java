package io.mnemosyne.core.fidelity;

import io.mnemosyne.core.SemanticObject;

/** What a reader would want of an object that is out of view. */
final class Wording {
    private Wording() {
    }

    static String need(SemanticObject.Type type) {
        return switch (type) {
            case FILE_CONTEXT -> "the text of the file";
            case TOOL_RESULT -> "the output";
            case ERROR_CONTEXT -> "the whole message of the error";
            case PLAN -> "the steps of the plan";
            case DESIGN_DECISION -> "the reasons of the decision";
            case DEBUGGING_SESSION -> "what was tried and found";
            case CONVERSATION_PHASE -> "what was said";
        };
    }
}
