import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Plays an agent that works on a clone of this repository. What it says is written below; what its tools answer is what
 * the commands really print. Each turn becomes one line of Mnemosyne's own session form.
 */
class RecordSample {
    private static final int MAX_OUTPUT = 30_000;
    private static final String CORE = "memory-core/src/main/java/io/mnemosyne/core/";
    private static final String CORE_TESTS = "memory-core/src/test/java/io/mnemosyne/core/";

    private final Path repository;
    private final PrintStream out;
    private int turns;
    private int calls;
    private Instant now = Instant.parse("2026-11-20T09:00:00Z");

    RecordSample(Path repository, PrintStream out) {
        this.repository = repository;
        this.out = out;
    }

    static void main(String[] args) throws Exception {
        Path clone = Files.createTempDirectory("mnemosyne-sample");
        Path target = Path.of(args[1]).toAbsolutePath();
        try {
            new ProcessBuilder("git", "clone", "-q", args[0], clone.toString()).inheritIO().start().waitFor();
            try (var out = new PrintStream(Files.newOutputStream(target), true, StandardCharsets.UTF_8)) {
                new RecordSample(clone, out).play();
            }
            System.out.println("wrote " + target.getFileName() + ", " + Files.size(target) + " bytes");
        } finally {
            try (Stream<Path> files = Files.walk(clone)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void play() throws IOException, InterruptedException {
        turn("system", "You are a careful software engineer. Work in the repository that you are given. Read before you edit.", "");
        lookAround();
        addOverlap();
        explainTheBufferInterval();
        explainTheRedactor();
        afterTheWeekend();
        finish();
    }

    private void lookAround() throws IOException, InterruptedException {
        user("""
                Hi! I have just joined. Look through this repository and tell me how the vocabulary is modelled: \
                threads, turns, seq ranges, segments. From now on always run the tests of memory-core before you say \
                that something is done, and never edit the schemas module: it is frozen until the release.""");
        say("I'll start with the layout and the README, then read the types of the vocabulary one by one.");
        bash("git ls-files | grep -v '^samples/' | head -150");
        read("README.md");
        read("pom.xml");
        say("The parent pom pins every version and makes warnings errors. Now the vocabulary itself.");
        bash("wc -l " + CORE + "*.java");
        for (String type : List.of("ThreadKey", "Content", "Part", "RawTurn", "Turn", "SeqRange", "TurnFacts",
                "SemanticObject", "Segment", "LogEntry", "SegmentText", "ProjectState", "Policy")) {
            read(CORE + type + ".java");
        }
        bash("grep -rn 'SeqRange' --include=*.java memory-core/src/main | head -60");
        say("""
                The vocabulary is a set of records in `io.mnemosyne.core`. A `ThreadKey` is `tenant/thread`; a `RawTurn` \
                becomes a `Turn` when ingest gives it a seq; all coverage is in `SeqRange`s, both ends included; a \
                `Segment` holds dated `LogEntry`s about one range and `SegmentText` renders it without ever changing a \
                written one. I decided to read the types rather than the docs because the types cannot be stale.""");
    }

    private void addOverlap() throws IOException, InterruptedException {
        user("""
                Good. I need a method on SeqRange that says whether two ranges share a turn. Name it overlaps, with \
                Javadoc and a test. Use plain comparisons, no streams.""");
        say("I'll read SeqRange again and look at how its tests are laid out before I touch it.");
        read(CORE + "SeqRange.java");
        bash("ls " + CORE_TESTS);
        say("First the test, so that I see it fail.");
        write(CORE_TESTS + "SeqRangeOverlapTest.java", """
                package io.mnemosyne.core;

                import static org.assertj.core.api.Assertions.assertThat;

                import org.junit.jupiter.api.Test;

                class SeqRangeOverlapTest {
                    @Test
                    void shouldOverlapWhereOneTurnIsShared() {
                        assertThat(new SeqRange(0, 5).overlaps(new SeqRange(5, 9))).isTrue();
                        assertThat(new SeqRange(0, 4).overlaps(new SeqRange(5, 9))).isFalse();
                        assertThat(new SeqRange(2, 3).overlaps(new SeqRange(0, 9))).isTrue();
                    }
                }
                """);
        test("SeqRangeOverlapTest");
        say("As expected the build fails: `overlaps` does not exist yet. Now the method, next to `contains`.");
        edit(CORE + "SeqRange.java", "    /** The smallest range that holds both. */", """
                    /** Whether the two share a turn. */
                    public boolean overlaps(SeqRange other) {
                        return from < other.to && other.from < to;
                    }

                    /** The smallest range that holds both. */""".indent(4).stripTrailing());
        test("SeqRangeOverlapTest");
        say("""
                The test fails on the shared end: 0-5 and 5-9. The root cause is that both ends are included, so the \
                comparison has to be `<=`. The fix is to use `<=` on both sides.""");
        edit(CORE + "SeqRange.java", "return from < other.to && other.from < to;",
                "return from <= other.to && other.from <= to;");
        test("SeqRangeOverlapTest");
        read(CORE + "SeqRange.java");
        bash("git diff --stat && git diff");
        say("Done: `SeqRange.overlaps` is there with Javadoc and a test, and the tests of memory-core pass.");
    }

    private void explainTheBufferInterval() throws IOException, InterruptedException {
        user("""
                Next: which code decides the smallest and largest stretch that is observed at once? I want to know the \
                numbers and where they come from. Don't change anything yet.""");
        say("The policy holds the settings, and `core.observe` the rules. I'll search for the buffer interval.");
        bash("grep -rn -i 'bufferinterval' --include=*.java . | head -40");
        read(CORE + "Policy.java");
        bash("ls -la " + CORE + "observe && cat " + CORE + "observe/BufferInterval.java");
        read(CORE + "observe/Observer.java");
        read(CORE + "observe/SafePrefix.java");
        read(CORE + "observe/ObserverState.java");
        read(CORE + "observe/NoSuchRule.java");
        say("""
                That last path was a guess and does not exist; the rules are the classes that I listed. The smallest \
                stretch is `minBufferInterval` = 5,000 tokens, the largest `maxBufferInterval` = 30,000 tokens or 0.6 of \
                the utility window, whichever is smaller. Both are settings of `Policy` and scale with the budget.""");
    }

    private void explainTheRedactor() throws IOException, InterruptedException {
        user("""
                Before we go on, a security question: what is redacted before a turn is stored, and is it idempotent? \
                Show me the tests that prove it.""");
        bash("ls " + CORE + "redact " + CORE_TESTS + "redact");
        bash("cat " + CORE + "redact/*.java");
        bash("grep -rn -i 'idempot' --include=*.java memory-core ingest-topology | head");
        bash("head -150 " + CORE_TESTS + "redact/*.java");
        test("*Redact*");
        say("""
                Every part and every carried-along field goes through the redactor before ingest does anything else with \
                a turn; a replacement names the kind of secret and a keyed hash, and is itself left alone by a second \
                pass, which a property test shows. Images are not searched: that is an open question for later.""");
    }

    private void afterTheWeekend() throws IOException, InterruptedException {
        now = now.plus(Duration.ofDays(3));
        user("""
                I am back after the weekend. Where were we? Please use overlaps in the project where ranges are compared \
                by hand, if there is such a place, and run the tests of the vocabulary once more.""");
        say("I'll check the state of the clone first, then look for comparisons of `from()` and `to()`.");
        bash("git status --short");
        bash("grep -rn 'from() <= \\|to() >= \\|\\.to() < ' --include=*.java . | head -30");
        read(CORE + "SeqRange.java");
        read(CORE_TESTS + "SeqRangeOverlapTest.java");
        bash("git log --oneline | head -20");
        bash("cat " + CORE + "view/*.java | head -400");
        bash("cat " + CORE + "assemble/*.java | head -500");
        bash("cat " + CORE + "reflect/*.java | head -500");
        bash("cat " + CORE + "ingest/*.java | head -400");
        say("""
                The places that compare ranges need containment or adjacency, not overlap, so I decided against changing \
                them: a method that is not needed there would only blur the rule. The schemas module stays untouched, \
                as you asked.""");
        bash("git diff --stat -- schemas");
        test("SeqRange*,TurnJson*");
    }

    private void finish() throws IOException, InterruptedException {
        user("Fine. Write the changelog line and show me the final diff, then stop.");
        read("CHANGELOG.md");
        bash("printf '%s\\n' '- `SeqRange.overlaps` says whether two ranges share a turn.' >> CHANGELOG.md && tail -5 CHANGELOG.md");
        bash("git add -A && git diff --cached");
        test("SeqRangeOverlapTest");
        say("""
                The changelog has its line, the diff holds three files and nothing in schemas, and the tests of \
                memory-core pass. Nothing is left open except the question of secrets in images.""");
    }

    private void user(String text) {
        now = now.plusSeconds(180);
        turn("user", text, "");
    }

    private void say(String text) {
        turn("assistant", text, "");
    }

    private void read(String path) throws IOException, InterruptedException {
        call("read", "{\"path\":" + quote(path) + "}", "cat", path);
    }

    private void bash(String command) throws IOException, InterruptedException {
        call("bash", "{\"command\":" + quote(command) + "}", "bash", "-c", command);
    }

    private void test(String tests) throws IOException, InterruptedException {
        bash("mvn -B -o -Dquick -pl memory-core test -Dtest='" + tests + "' | grep -v '^\\[INFO\\] *$'; exit ${PIPESTATUS[0]}");
    }

    private void write(String path, String text) throws IOException, InterruptedException {
        Files.writeString(repository.resolve(path), text);
        call("write", "{\"path\":" + quote(path) + ",\"content\":" + quote(text) + "}", "echo",
                "wrote " + text.lines().count() + " lines to " + path);
    }

    private void edit(String path, String before, String after) throws IOException, InterruptedException {
        Path file = repository.resolve(path);
        String text = Files.readString(file);
        if (!text.contains(before)) {
            throw new IllegalStateException(path + " no longer holds what the sample edits: " + before);
        }
        Files.writeString(file, text.replace(before, after));
        call("edit", "{\"path\":" + quote(path) + ",\"old\":" + quote(before) + ",\"new\":" + quote(after) + "}", "echo",
                "edited " + path);
    }

    private void call(String tool, String arguments, String... command) throws IOException, InterruptedException {
        String id = "call_" + ++calls;
        turn("assistant", "",
                ",\"tool_calls\":[{\"id\":" + quote(id) + ",\"name\":" + quote(tool) + ",\"arguments\":" + arguments + "}]");
        Instant started = Instant.now();
        Process process = new ProcessBuilder(command).directory(repository.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        now = now.plus(Duration.between(started, Instant.now()));
        System.out.printf("%3d  %-5s exit %d  %s%n", turns, tool, exit, command[command.length - 1].lines().findFirst().orElse(""));
        turn("tool", shown(output, exit), ",\"tool_call_id\":" + quote(id) + ",\"tool_name\":" + quote(tool)
                + (exit == 0 ? "" : ",\"is_error\":true"));
    }

    /** Paths of the machine are none of the reader's business, and no tool shows output without end. */
    private String shown(String output, int exit) {
        String text = output.replace(repository.toString(), "/mnemosyne").replaceAll("\u001B\\[[0-9;]*m", "")
                .replaceAll("/usr/lib/jvm/[^/\\s]+", "/jdk");
        text = text.length() > MAX_OUTPUT ? text.substring(0, MAX_OUTPUT) + "\n[output cut]" : text;
        return exit == 0 ? text : text + "\n[exit code " + exit + "]";
    }

    private void turn(String role, String content, String more) {
        now = now.plusSeconds(4);
        out.println("{\"id\":\"sample-" + turns + "\",\"i\":" + turns + ",\"role\":\"" + role + "\",\"content\":"
                + quote(content) + more + ",\"ts\":\"" + now.truncatedTo(ChronoUnit.SECONDS) + "\"}");
        turns++;
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < 0x20) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
