package io.mnemosyne.core.assemble;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Says between the turns of a raw tail when they were said: at its beginning, where the day changes and after a gap. A line
 * depends on the turns in front of it only, so that it stays where it is as the tail grows. It never stands between a call
 * and its result, nor between parallel calls; then it comes behind them.
 */
final class TimeLines {
    /** A pause that is worth a line. */
    static final Duration GAP = Duration.ofHours(1);
    /** Below it a pause is told in hours. */
    private static final Duration DAYS = Duration.ofDays(2);

    private final ZoneId zone;
    private final TokenCounter counter;
    private Optional<Instant> before;
    private boolean follows;
    private boolean calling;

    /** @param follows whether the tail follows directly on what was said at {@code before} */
    private TimeLines(ZoneId zone, Optional<Instant> before, boolean follows, TokenCounter counter) {
        this.zone = zone;
        this.before = before;
        this.follows = follows;
        this.counter = counter;
    }

    /** The tail as blocks, with its lines and with what was restored. */
    static List<Block> with(ViewContent content, Tail tail, TokenCounter counter) {
        TimeLines lines = of(content, tail.turns(), counter);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i <= tail.turns().size(); i++) {
            tail.restored().get(i).stream().map(copy -> Block.restored(copy, content.zone())).forEach(blocks::add);
            if (i < tail.turns().size()) {
                SizedTurn turn = tail.turns().get(i);
                lines.pass(turn.turn()).ifPresent(blocks::add);
                blocks.add(Block.ofTurn(turn));
            }
        }
        return blocks;
    }

    /** Tokens of the lines alone. */
    static long tokens(ViewContent content, List<SizedTurn> tail, TokenCounter counter) {
        TimeLines lines = of(content, tail, counter);
        List<Block> blocks = new ArrayList<>();
        tail.forEach(turn -> lines.pass(turn.turn()).ifPresent(blocks::add));
        return Assembler.tokens(blocks);
    }

    /** @param tail the end of the content's tail */
    private static TimeLines of(ViewContent content, List<SizedTurn> tail, TokenCounter counter) {
        return new TimeLines(content.zone(), content.coveredAt(), tail.size() == content.tail().size(), counter);
    }

    /** The line in front of the next turn, if it has one. A time before that of an earlier turn is a wrong clock. */
    private Optional<Block> pass(Turn turn) {
        boolean fits = turn.role() != Role.SYSTEM && !isAnswer(turn) && !(calling && turn.role() == Role.ASSISTANT);
        calling = turn.role() == Role.ASSISTANT && (calling || has(turn, Part.ToolCall.class));
        Optional<Instant> at = turn.body().origin().at()
                .filter(time -> fits && before.filter(time::isBefore).isEmpty());
        Optional<Block> line = at.filter(this::isNews).map(time -> block(time, follows && turn.isByUser()));
        before = at.or(() -> before);
        follows = true;
        return line;
    }

    private static boolean isAnswer(Turn turn) {
        return turn.role() == Role.TOOL || has(turn, Part.ToolResult.class);
    }

    private static boolean has(Turn turn, Class<? extends Part> kind) {
        return turn.parts().stream().anyMatch(kind::isInstance);
    }

    private boolean isNews(Instant at) {
        return before.filter(earlier -> day(earlier).equals(day(at)) && !isGap(earlier, at)).isEmpty();
    }

    private static boolean isGap(Instant earlier, Instant later) {
        return Duration.between(earlier, later).compareTo(GAP) >= 0;
    }

    private Block block(Instant at, boolean returned) {
        ZonedDateTime time = at.atZone(zone).truncatedTo(ChronoUnit.MINUTES);
        String pause = before.filter(earlier -> isGap(earlier, at)).map(earlier -> pause(earlier, at))
                .map(length -> returned ? ", returned after " + length : ", " + length + " later").orElse("");
        String text = "[" + time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                + time.toLocalDate()
                + " " + time.toLocalTime() + pause + "]\n";
        return Block.ofTime(text, counter.count(text) + TurnText.JOINT);
    }

    private String pause(Instant earlier, Instant later) {
        Duration pause = Duration.between(earlier, later);
        return pause.compareTo(DAYS) < 0
                ? count(pause.toHours(), "hour")
                : count(ChronoUnit.DAYS.between(day(earlier), day(later)), "day");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    private LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }
}
