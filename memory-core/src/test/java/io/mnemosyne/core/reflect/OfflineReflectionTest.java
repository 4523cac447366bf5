package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.LogEntry.Priority;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;

import static io.mnemosyne.core.reflect.ReflectedThread.entry;
import static org.assertj.core.api.Assertions.assertThat;

class OfflineReflectionTest {
    private static final long ROOMY = 1_000_000;

    @Test
    void shouldSayOnceHowOftenAFileWasTouchedAndHowItWasLeft() {
        // when
        List<String> texts = texts(reflect(ROOMY, entry(Kind.FILE, 1, "read src/a.py (120 lines)"),
                entry(Kind.FILE, 3, "read src/b.py (10 lines)"), entry(Kind.FILE, 4, "edited src/a.py"),
                entry(Kind.FILE, 9, "read src/a.py (121 lines)")));
        // then
        assertThat(texts).containsExactly("read src/b.py (10 lines)",
                "`src/a.py` edited 1x, read 2x, last: read (121 lines)");
    }

    @Test
    void shouldAddUpWhatEarlierReflectionsCounted() {
        // when
        List<String> texts = texts(
                reflect(ROOMY, entry(Kind.COMMAND, 1, "`pytest -q` ran 4x, last: exited 1"),
                        entry(Kind.COMMAND, 8, "`pytest -q` exited 0")));
        // then
        assertThat(texts).containsExactly("`pytest -q` ran 5x, last: exited 0");
    }

    @Test
    void shouldCountWhatTheObserverCountedBefore() {
        // when
        List<String> texts = texts(
                reflect(ROOMY, entry(Kind.COMMAND, 1, "`grep -n foo src/a.py` (2 runs) ran: 2 lines"),
                        entry(Kind.COMMAND, 4, "`grep -n foo src/a.py` ran: 3 lines"),
                        entry(Kind.FILE, 6, "changed /w/a.py, 4 times: `x` → `y`"),
                        entry(Kind.FILE, 8, "read /w/a.py (8.2 kB; lines 1-10; 3 times)")));
        // then
        assertThat(texts).containsExactly("`grep -n foo src/a.py` ran 3x, last: ran: 3 lines",
                "`/w/a.py` changed 4x, read 3x, last: read (8.2 kB; lines 1-10; 3 times)");
    }

    @Test
    void shouldQuoteALineOfASourceOnce() {
        // when
        List<String> texts = texts(reflect(ROOMY, entry(Kind.FACT, 1, "from a.py:\ndef f():\nreturn 1"),
                entry(Kind.FACT, 5, "from a.py:\nreturn 1\nreturn 2")));
        // then
        assertThat(texts).containsExactly("from a.py:\ndef f():\nreturn 1\nreturn 2");
    }

    @Test
    void shouldLoseNoQuotedLineWhereThereIsRoomForAll() {
        // given more lines of one source than an entry holds, some of them again and again
        LogEntry[] quotes = IntStream.range(0, 12)
                .mapToObj(i -> entry(Kind.FACT, i, "from a.py:\n" + lines(i * 20, 30)))
                .toArray(LogEntry[]::new);
        // when
        List<String> told = texts(reflect(ROOMY, quotes)).stream().flatMap(String::lines).toList();
        // then
        assertThat(told).containsAll(lines(0, 250).lines().toList());
        assertThat(told.stream().filter(line -> !line.startsWith("from")).toList()).doesNotHaveDuplicates();
    }

    @Test
    void shouldForgetThatAFileCouldNotBeChangedWhenLaterItWas() {
        // when
        List<String> texts = texts(reflect(ROOMY, entry(Kind.ERROR, 1, "changing src/a.py failed: no match"),
                entry(Kind.FILE, 5, "changed src/a.py: `x` → `y`")));
        // then
        assertThat(texts).containsExactly("changed src/a.py: `x` → `y`");
    }

    @Test
    void shouldTellAResolvedErrorAsOneLineWithItsCause() {
        // when
        List<String> texts = texts(reflect(ROOMY, entry(Kind.ERROR, 2, "`pytest -q`: AssertionError: 3 != 4"),
                entry(Kind.ERROR, 5, "`mvn verify`: cannot find symbol"),
                entry(Kind.RESOLUTION, 9, "`pytest -q` passes again (failed at turn 2)")));
        // then
        assertThat(texts).containsExactly("`mvn verify`: cannot find symbol",
                "`pytest -q` passes again (failed at turn 2) after: AssertionError: 3 != 4");
    }

    @Test
    void shouldKeepAnErrorThatCameBackAfterItsResolution() {
        // when
        List<String> texts = texts(reflect(ROOMY, entry(Kind.RESOLUTION, 2, "`pytest -q` passes again"),
                entry(Kind.ERROR, 5, "`pytest -q`: KeyError: 'x'")));
        // then
        assertThat(texts).contains("`pytest -q`: KeyError: 'x'");
    }

    @Test
    void shouldNeverDropACriticalInstructionHoweverSmallTheTarget() {
        // given
        List<LogEntry> entries = new ArrayList<>(chatter(400));
        entries.add(0, new LogEntry(Priority.CRITICAL, Kind.INSTRUCTION, SeqRange.of(0), Optional.empty(),
                "never push to main without asking"));
        // when
        ReflectionResult.Reflected reflected = reflect(100, entries.toArray(LogEntry[]::new));
        // then
        assertThat(reflected.level()).isEqualTo(4);
        assertThat(texts(reflected)).contains("never push to main without asking");
    }

    @Test
    void shouldReachItsTargetAndDeclareWhatItLeftOut() {
        // given
        List<LogEntry> entries = chatter(400);
        // when
        ReflectionResult.Reflected reflected = reflect(1_000, entries.toArray(LogEntry[]::new));
        // then
        assertThat(tokens(reflected.entries())).isLessThan(1_000);
        assertThat(texts(reflected).getFirst()).startsWith("left out here, to be recalled by turn: ");
    }

    @Test
    void shouldAddUpWhatItLeftOutWhenReflectingAReflection() {
        // given
        LogEntry before = entry(Kind.FACT, 0, "left out here, to be recalled by turn: 10 file, 3 command");
        LogEntry minor = new LogEntry(Priority.MINOR, Kind.FILE, SeqRange.of(1), Optional.empty(), "read src/a.py");
        // when
        ReflectionResult.Reflected reflected = reflect(60, before, minor,
                entry(Kind.DECISION, 2, "use Avro ".repeat(9)),
                entry(Kind.DECISION, 3, "use Kafka"));
        // then
        assertThat(texts(reflected)).contains("left out here, to be recalled by turn: 11 file, 3 command");
    }

    @Test
    void shouldExtractTheProjectStateOfWhatItReads() {
        // when
        ProjectState state = reflect(ROOMY, entry(Kind.REQUEST, 0, "Make the login work"),
                entry(Kind.INSTRUCTION, 1, "always run the tests"), entry(Kind.DECISION, 2, "use JWT for sessions"),
                entry(Kind.FILE, 3, "edited src/login.py"), entry(Kind.ERROR, 4, "`pytest -q`: KeyError: 'user'"),
                entry(Kind.ERROR, 5, "`ruff check`: F401"), entry(Kind.COMMAND, 6, "`ruff check` exited 0"),
                entry(Kind.FACT, 7, "Python 3.11.4 on linux")).state();
        // then
        assertThat(state.goals()).extracting(ProjectState.Item::text).containsExactly("Make the login work");
        assertThat(state.preferences()).extracting(ProjectState.Item::text).containsExactly("always run the tests");
        assertThat(state.decisions()).extracting(ProjectState.Item::text).containsExactly("use JWT for sessions");
        assertThat(state.files()).containsEntry("src/login.py",
                new ProjectState.FileNote("edited", Optional.empty(), 3));
        assertThat(state.environment()).extracting(ProjectState.Item::text)
                .containsExactly("Python 3.11.4", "tools: ruff");
        // and a merged state has only the failure that still stands
        ProjectState merged = StateMerge.merge(ProjectState.EMPTY, state, UserEdits.NONE);
        assertThat(merged.blockers()).extracting(ProjectState.Item::text)
                .containsExactly("`pytest -q`: KeyError: 'user'");
    }

    @Test
    void shouldKeepTheDatesOfTheWordsThatItKeeps() {
        // given the same words on two days, and a long request
        DateReference first = day("yesterday", 1);
        DateReference second = day("yesterday", 8);
        LogEntry request = entry(Kind.REQUEST, 3,
                "Finish it today. " + "And so on. ".repeat(150) + "Not tomorrow. " + "And so on. ".repeat(150))
                .withDates(List.of(day("today", 4), day("tomorrow", 5)));
        // when
        ReflectionResult.Reflected reflected = reflect(700,
                entry(Kind.DECISION, 1, "Go on as yesterday").withDates(List.of(first)),
                entry(Kind.DECISION, 2, "Go on as yesterday").withDates(List.of(second)), request);
        // then
        assertThat(reflected.entries()).extracting(LogEntry::dates).containsExactly(List.of(first, second),
                List.of(day("today", 4)));
        assertThat(reflected.entries()).last().extracting(LogEntry::text).asString().doesNotContain("tomorrow");
        assertThat(StateMerge.merge(ProjectState.EMPTY, reflected.state(), UserEdits.NONE).decisions())
                .extracting(ProjectState.Item::dates).containsExactly(List.of(first, second));
    }

    private static DateReference day(String words, int dayOfMarch) {
        LocalDate day = LocalDate.of(2026, 3, dayOfMarch);
        return new DateReference(words, day, day);
    }

    private static String lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "value of field number " + i)
                .collect(Collectors.joining("\n"));
    }

    private static List<LogEntry> chatter(int lines) {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            entries.add(switch (i % 4) {
                case 0 -> entry(Kind.FILE, i, "read src/module" + i + ".py (" + i + " lines)");
                case 1 -> entry(Kind.COMMAND, i, "`grep -rn symbol" + i + " src` exited 0");
                case 2 -> entry(Kind.DECISION, i, "the parser " + i + " shall accept trailing commas");
                default -> entry(Kind.TEST, i, "`pytest tests/test_" + i % 16 + ".py`: " + i + " passed");
            });
        }
        return entries;
    }

    private static ReflectionResult.Reflected reflect(long target, LogEntry... entries) {
        Segment segment = new Segment("s", Segment.Kind.OBSERVATION, new SeqRange(0, 1_000), 0, List.of(entries),
                Optional.empty(), Optional.empty(), Optional.empty(), 1_000);
        ReflectionRequest request = new ReflectionRequest("r", ReflectedThread.THREAD, 0, 1, Instant.EPOCH, target,
                List.of(segment), ProjectState.EMPTY);
        return OfflineReflection.reflect(request, ReflectedThread.FOUR_CHARS);
    }

    private static List<String> texts(ReflectionResult.Reflected reflected) {
        return reflected.entries().stream().map(LogEntry::text).toList();
    }

    private static long tokens(List<LogEntry> entries) {
        return ReflectedThread.FOUR_CHARS.count(SegmentText.of(new Segment("", Segment.Kind.REFLECTION,
                new SeqRange(0, 1_000), 4, entries, Optional.empty(), Optional.empty(), Optional.empty(), 0)));
    }
}
