package io.mnemosyne.core.assemble;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.tokens.TokenCounter;

/** Renders a turn as text: a line that names it, then each part verbatim. */
public final class TurnText {
    /**
     * What joining two texts may add to the sum of their tokens. A tokenizer merges across the joint, which mostly saves
     * tokens, but can break up the tokens beside it.
     */
    static final long JOINT = 2;
    private static final String COPY = ", repeated";
    private static final String SAID = ", said ";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private TurnText() {
    }

    /** The text of a turn in its place; ends with a newline. */
    public static String of(Turn turn) {
        return text(header(turn, ""), turn);
    }

    /** The text of a turn that has its place elsewhere, and with it the times around it. */
    static String copyOf(Turn turn, ZoneId zone) {
        String when = turn.body().origin().at().map(at -> SAID + MINUTE.format(at.atZone(zone))).orElse("");
        return text(header(turn, COPY + when), turn);
    }

    /** An upper bound of the tokens of the time in a copy's heading: no token is less than a character. */
    static long tokensToSayWhen(Turn turn) {
        return turn.body().origin().at().map(at -> (long) (SAID + MINUTE.format(at.atZone(Policy.UTC))).length())
                .orElse(0L);
    }

    /**
     * An upper bound of the tokens of {@link #of}, from the tokens that the turn carries; only the frame is counted, so
     * that a large turn costs no more than a small one.
     */
    static long tokens(Turn turn, TokenCounter counter) {
        long tokens = turn.tokens() + counter.count(header(turn, COPY)) + JOINT;
        for (Part part : turn.parts()) {
            tokens += counter.count(before(turn, part)) + counter.count(after(part)) + 2 * JOINT;
        }
        return tokens;
    }

    private static String text(String header, Turn turn) {
        StringBuilder text = new StringBuilder(header);
        for (Part part : turn.parts()) {
            text.append(before(turn, part));
            if (!(part instanceof Part.Image)) {
                text.append(part.content().shown());
            }
            text.append(after(part));
        }
        return text.toString();
    }

    private static String header(Turn turn, String remark) {
        return "## Turn " + turn.seq() + ": " + speaker(turn) + remark + "\n";
    }

    /** A result that is all of its turn needs no line of its own: most turns of an agent are results. */
    private static String speaker(Turn turn) {
        return isResult(turn) && turn.parts().getFirst() instanceof Part.ToolResult result
                ? nameOf(result)
                : turn.role().name().toLowerCase(Locale.ROOT);
    }

    private static boolean isResult(Turn turn) {
        return turn.role() == Role.TOOL && turn.parts().size() == 1
                && turn.parts().getFirst() instanceof Part.ToolResult;
    }

    private static String nameOf(Part.ToolResult result) {
        return (result.error() ? "failed result" : "result")
                + (result.toolName().isEmpty() ? "" : " of " + result.toolName());
    }

    private static String before(Turn turn, Part part) {
        return switch (part) {
            case Part.Text _ -> "";
            case Part.Thinking _ -> "[thinking]\n";
            case Part.ToolCall call -> "{\"name\": " + JsonText.quote(call.name()) + ", \"arguments\": ";
            case Part.ToolResult result -> isResult(turn) ? "" : "[" + nameOf(result) + "]\n";
            case Part.Image image -> "[image " + image.mediaType() + ", " + image.content().bytes() + " bytes]";
        };
    }

    private static String after(Part part) {
        return part instanceof Part.ToolCall ? "}\n" : "\n";
    }
}
