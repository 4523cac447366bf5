package io.mnemosyne.core.segment;

import java.util.Optional;

import io.mnemosyne.core.SemanticObject;

/**
 * What a tool result is.
 *
 * @param failure the line that reports one, if its point is a failure
 * @param shown which lines of a file it shows, if it shows any
 */
record ResultType(SemanticObject.Type type, Optional<String> failure, Optional<Stretch> shown) {
    /** A file that holds the word error is no failure; a short answer with it instead of the file is one, characters. */
    private static final int SHORT = 400;
    private static final long WINDOW = 3;

    static ResultType of(String text, boolean flagged, ToolAction action, Stretch asked) {
        Optional<Stretch> numbered = Numbered.lines(text);
        boolean window = action != ToolAction.SEARCH
                && numbered.filter(lines -> lines.to() - lines.from() + 1 >= WINDOW).isPresent();
        Optional<String> failure = window && action == ToolAction.EDIT ? Optional.empty() : failure(text, action);
        if (flagged || failure.isPresent()) {
            return new ResultType(SemanticObject.Type.ERROR_CONTEXT, failure.or(() -> Optional.of(Lines.first(text))),
                    Optional.empty());
        }
        if (action == ToolAction.READ) {
            boolean fromStart = asked.equals(Stretch.ALL) && numbered.filter(lines -> lines.from() > 1).isEmpty();
            return new ResultType(SemanticObject.Type.FILE_CONTEXT, Optional.empty(),
                    Optional.of(fromStart ? asked : numbered.orElse(asked)));
        }
        if (window) {
            return new ResultType(SemanticObject.Type.FILE_CONTEXT, Optional.empty(), numbered);
        }
        return new ResultType(action == ToolAction.PLAN ? SemanticObject.Type.PLAN : SemanticObject.Type.TOOL_RESULT,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> failure(String text, ToolAction action) {
        return switch (action) {
            case READ, SEARCH, LIST -> text.length() <= SHORT ? Failure.insteadOf(text) : Optional.empty();
            default -> Failure.in(text);
        };
    }

    boolean failed() {
        return failure.isPresent();
    }
}
