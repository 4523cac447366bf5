package io.mnemosyne.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;

/**
 * A coding agent's conversation that never ends: the user asks, the agent works through 10 to 60 tool calls, reports and
 * is asked again. Results are mostly short, some long, one in 400 giant. The same seed gives the same turns.
 */
final class SyntheticThread {
    private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
    private static final int WORK_LEAST = 10;
    private static final int WORK_MORE = 50;
    private static final int ONE_GIANT_IN = 400;
    private static final int GIANT_LINES = 3_000;
    private static final int LONGEST_LINES = 1_200;
    /** Lines of a middling result, and how far results spread around it: a factor of e to the spread. */
    private static final double MIDDLING_LINES = 14;
    private static final double SPREAD = 1.3;

    private final Random random;
    private final Vocabulary words;
    private final Deque<RawTurn> ahead = new ArrayDeque<>();
    private Instant now = START;
    private long events;
    private long calls;

    SyntheticThread(long seed) {
        random = new Random(seed);
        words = new Vocabulary(random);
        say(Role.SYSTEM, "You are a coding agent. Work step by step and keep to the conventions of the project.");
    }

    /** The next turn; there is always one. Its time is known. */
    RawTurn next() {
        if (ahead.isEmpty()) {
            task();
        }
        return ahead.remove();
    }

    private void task() {
        pass(Duration.ofSeconds(random.nextInt(20) == 0 ? 4_000 : 60));
        say(Role.USER, "Please " + words.sentence() + " " + words.prose(1 + random.nextInt(8)));
        int steps = WORK_LEAST + random.nextInt(WORK_MORE);
        for (int step = 0; step < steps; step++) {
            work();
        }
        say(Role.ASSISTANT, "Done: " + words.prose(2 + random.nextInt(6)));
    }

    private void work() {
        int parallel = random.nextInt(8) == 0 ? 2 + random.nextInt(2) : 1;
        List<Tool> tools = random.ints(parallel, 0, Tool.values().length).mapToObj(i -> Tool.values()[i]).toList();
        long first = calls;
        calls += parallel;
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(Content.of(words.prose(1 + random.nextInt(2)))));
        for (int i = 0; i < parallel; i++) {
            parts.add(new Part.ToolCall("call-" + (first + i), tools.get(i).label(), Content.of(tools.get(i).arguments(
                    words))));
        }
        turn(Role.ASSISTANT, parts);
        for (int i = 0; i < parallel; i++) {
            boolean failed = random.nextInt(12) == 0;
            String output = failed ? "error: " + words.sentence() + "\n" + output(lines() / 2) : output(lines());
            turn(Role.TOOL, List.of(new Part.ToolResult("call-" + (first + i), tools.get(i).label(),
                    Content.of(output), failed)));
        }
    }

    private int lines() {
        return random.nextInt(ONE_GIANT_IN) == 0
                ? GIANT_LINES
                : (int) Math.clamp(MIDDLING_LINES * Math.exp(SPREAD * random.nextGaussian()), 1, LONGEST_LINES);
    }

    private String output(int lines) {
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= Math.max(1, lines); line++) {
            text.append(String.format(Locale.ROOT, "%5d  ", line)).append(words.code()).append('\n');
        }
        return text.toString();
    }

    private void say(Role role, String text) {
        turn(role, List.of(new Part.Text(Content.of(text))));
    }

    private void turn(Role role, List<Part> parts) {
        pass(Duration.ofSeconds(2 + random.nextInt(8)));
        ahead.add(new RawTurn("e-" + events++, role, parts, Origin.at(now)));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /** What the agent calls. */
    private enum Tool {
        READ,
        EDIT,
        BASH,
        GREP;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String arguments(Vocabulary words) {
            return switch (this) {
                case READ -> "{\"path\": \"" + words.path() + "\"}";
                case EDIT -> "{\"path\": \"" + words.path() + "\", \"old\": \"" + words.name() + "\", \"new\": \""
                        + words.name() + "\"}";
                case BASH -> "{\"command\": \"mvn -q test -pl " + words.name() + "\"}";
                case GREP -> "{\"pattern\": \"" + words.name() + "\", \"path\": \"src\"}";
            };
        }
    }
}
