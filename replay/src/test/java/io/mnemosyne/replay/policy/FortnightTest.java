package io.mnemosyne.replay.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.time.RelativeDates;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.replay.machines.Journal;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Somebody comes back after a fortnight. Prints what is then in view to {@code target/fortnight}, for people to read. */
class FortnightTest {
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final Path PRINTED = Path.of("target", "fortnight");
    /** Lines of memory that tell what somebody said. */
    private static final Pattern SPEECH = Pattern.compile(".*\\] (request|instruction|decision): .*|- .*");

    @Test
    void shouldStateTheGapAndWhatIsOpenWhenARecordedSessionGoesOn() throws IOException {
        String data = System.getenv("MNEMOSYNE_DATA");
        assumeTrue(data != null, "set MNEMOSYNE_DATA to the recorded sessions");
        // given the second half of a night, whose user answers the assistant's last question two weeks later
        Recording night = Sessions
                .read(Path.of(data, "sessions/normalized/pi_coding_agent/large-session.jsonl"));
        List<RawTurn> half = night.events().stream().skip(485).map(Event::turn).toList();
        int answer = 882 - 485;
        List<RawTurn> turns = IntStream.range(0, half.size()).mapToObj(i -> {
            RawTurn turn = half.get(i);
            return i < answer ? turn : at(turn, turn.origin().at().orElseThrow().plus(FORTNIGHT));
        }).toList();
        // when
        Life life = new Life(night.id(), turns, 16_000);
        Assembly.Context back = life.until(answer + 1, "pi");
        // then what was asked last still stands in the tail
        assertThat(back.text()).contains("[Friday 2025-12-05 02:11, returned after 14 days]\n\n## Turn 397: user\n",
                "Should I proceed with committing and tagging?");
        assertThat(state(back)).contains("### Goals", "### Decisions");
        assertThat(memory(back)).contains("] decision: ", "### 2025-11-21");
        assertThat(undated(back)).isEmpty();
        // when it goes on
        Assembly.Context end = life.until(turns.size(), "pi-end");
        // then
        assertThat(undated(end)).isEmpty();
        assertThat(life.compared).isGreaterThan(200);
    }

    @Test
    void shouldLeaveNoRelativeWordWithoutItsDate() throws IOException {
        // given a Sunday's work, and a user who comes back to it
        List<RawTurn> turns = new ArrayList<>();
        Instant sunday = Instant.parse("2026-03-01T09:00:00Z");
        say(turns, sunday, Role.USER, "Fix the importer that broke yesterday. The demo is next Friday.");
        say(turns, sunday, Role.USER, "Always keep the column order.");
        say(turns, sunday, Role.ASSISTANT,
                "I decided to write a streaming parser in src/parser.py, because the old one "
                        + "keeps whole files in memory.");
        work(turns, sunday, 12);
        say(turns, sunday, Role.USER, "Which encoding did the partner choose 3 days ago?");
        work(turns, sunday, 40);
        say(turns, sunday, Role.ASSISTANT, "The parser reads all samples now. Should it skip broken rows?");
        int left = turns.size();
        Instant back = sunday.plus(FORTNIGHT);
        say(turns, back, Role.USER, "Yes, skip them, and have it ready tomorrow.");
        work(turns, back, 30);
        Life life = new Life("made/importer", turns, 8_000);
        // when
        Assembly.Context returned = life.until(left + 1, "importer");
        // then the gap and what was asked last stand in the tail, the rest in the project state
        assertThat(returned.text()).contains("Should it skip broken rows?",
                ", returned after 14 days]\n\n## Turn " + left + ": user\nYes, skip them");
        assertThat(section("Goals", returned))
                .contains(
                        "Fix the importer that broke yesterday. The demo is next Friday. (yesterday = 2026-02-28, next Friday = 2026-03-06)");
        assertThat(section("Open questions", returned))
                .contains("Which encoding did the partner choose 3 days ago? (3 days ago = 2026-02-26)");
        assertThat(section("Decisions", returned)).contains("I decided to write a streaming parser in src/parser.py");
        assertThat(section("Preferences", returned)).contains("Always keep the column order.");
        assertThat(returned.blocks()).filteredOn(block -> block.kind() == Block.Kind.USER)
                .allMatch(copy -> copy.text().contains(", said 2026-03-01 "));
        assertThat(undated(returned)).isEmpty();
        // when the new turns are memory as well
        Assembly.Context end = life.until(turns.size(), "importer-end");
        // then
        assertThat(memory(end)).contains("(tomorrow = 2026-03-16)");
        assertThat(section("Goals", end)).contains("yesterday = 2026-02-28");
        assertThat(undated(end)).isEmpty();
        assertThat(life.epochs).isGreaterThan(3);
        assertThat(life.compared).isGreaterThan(50);
    }

    /** A thread that is told turn by turn, and checked to grow only at its end within each epoch. */
    private static final class Life implements Journal {
        private final Recording recording;
        private final Remembering.Session session;
        private String prompt = "";
        private int told;
        private int epochs;
        private int epoch;
        private int compared;

        Life(String name, List<RawTurn> turns, long budget) {
            recording = Recording.of(name, turns);
            session = ((Remembering) Policies.named("observational", Parameters.NONE, budget,
                    (_, _) -> Optional.empty())).begin(name, this);
        }

        @Override
        public void wrote(ViewRecord record) {
            epochs++;
        }

        Assembly.Context until(int turns, String name) throws IOException {
            while (told < turns) {
                session.append(recording.events().get(told++));
                compare(session.context().orElseThrow());
            }
            Assembly.Context context = session.context().orElseThrow();
            Files.createDirectories(PRINTED);
            Files.writeString(PRINTED.resolve(name + ".md"), context.text());
            return context;
        }

        private void compare(Assembly.Context context) {
            boolean cut = context.blocks().stream().anyMatch(block -> block.kind() == Block.Kind.STUB);
            if (!cut && epoch == epochs && !prompt.isEmpty()) {
                assertThat(context.text()).startsWith(prompt);
                compared++;
            }
            prompt = cut ? "" : context.text();
            epoch = epochs;
        }
    }

    private static void say(List<RawTurn> turns, Instant day, Role role, String text) {
        turns.add(turn(turns, day, role, new Part.Text(Content.of(text))));
    }

    private static void work(List<RawTurn> turns, Instant day, int calls) {
        for (int i = 0; i < calls; i++) {
            String id = "c" + turns.size();
            String path = "src/part" + turns.size() + ".py";
            turns.add(turn(turns, day, Role.ASSISTANT,
                    new Part.ToolCall(id, "read", Content.of("{\"path\": \"" + path + "\"}"))));
            turns.add(turn(turns, day, Role.TOOL, new Part.ToolResult(id, "read",
                    Content.of(("def rows_of_" + turns.size() + "(file): return file.lines() # today\n").repeat(20)),
                    false)));
        }
    }

    private static RawTurn turn(List<RawTurn> turns, Instant day, Role role, Part part) {
        return new RawTurn("e" + turns.size(), role, List.of(part), Origin.at(day.plusSeconds(20L * turns.size())));
    }

    private static RawTurn at(RawTurn turn, Instant at) {
        return new RawTurn(turn.eventId(), turn.role(), turn.parts(), new Origin(Optional.of(at), OptionalLong.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(),
                Optional.empty(),
                turn.origin().attributes()));
    }

    private static String state(Assembly.Context context) {
        return texts(context, Block.Kind.STATE);
    }

    private static String memory(Assembly.Context context) {
        return texts(context, Block.Kind.OBSERVATION) + texts(context, Block.Kind.REFLECTION);
    }

    private static String texts(Assembly.Context context, Block.Kind kind) {
        return context.blocks().stream().filter(block -> block.kind() == kind).map(Block::text)
                .collect(Collectors.joining());
    }

    /** What the project state has under a heading. */
    private static String section(String heading, Assembly.Context context) {
        String state = state(context);
        int start = state.indexOf("### " + heading + "\n");
        int end = state.indexOf("\n### ", start + 1);
        return start < 0 ? "" : state.substring(start, end < 0 ? state.length() : end);
    }

    /** Lines of memory that tell what was said with a relative word, without its date beside it. */
    private static List<String> undated(Assembly.Context context) {
        return (state(context) + memory(context)).lines().filter(line -> SPEECH.matcher(line).matches())
                .filter(line -> RelativeDates.in(line, Instant.EPOCH, ZoneOffset.UTC).stream()
                        .anyMatch(date -> !line.contains(date.words() + " = 20")))
                .toList();
    }
}
