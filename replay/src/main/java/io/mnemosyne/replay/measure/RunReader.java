package io.mnemosyne.replay.measure;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.mnemosyne.replay.measure.LineFile.Line;
import io.mnemosyne.replay.recording.Characters;

/**
 * A run directory: {@code prompts.jsonl}, {@code blocks.jsonl} and, if helping models were called, {@code calls.jsonl}. It
 * keeps in memory where each line is, and reads lines when they are asked for. Thread-safe.
 */
public final class RunReader implements Closeable {
    /** The providers that work on this machine without a model. */
    private static final Set<String> UNBILLED = Set.of("offline", "stub");

    private final String name;
    private final LineFile prompts;
    private final LineFile blocks;
    private final Optional<LineFile> calls;
    private final Map<String, List<PromptLine>> promptsOf = new LinkedHashMap<>();
    private final Map<String, Line> blockOf = new HashMap<>();
    private final Map<String, List<Line>> callsOf = new HashMap<>();

    private RunReader(String name, LineFile prompts, LineFile blocks, Optional<LineFile> calls) {
        this.name = name;
        this.prompts = prompts;
        this.blocks = blocks;
        this.calls = calls;
    }

    /**
     * Opens a run directory and finds its lines.
     *
     * @throws BrokenRunException if a file is missing, a line is no JSON object or lacks a field that says what it is, or
     *             two different texts stand under one hash
     */
    public static RunReader open(Path directory) {
        Path calls = directory.resolve("calls.jsonl");
        RunReader run = new RunReader(String.valueOf(directory.toAbsolutePath().normalize().getFileName()),
                LineFile.open(directory.resolve("prompts.jsonl")), LineFile.open(directory.resolve("blocks.jsonl")),
                Files.exists(calls) ? Optional.of(LineFile.open(calls)) : Optional.empty());
        run.index();
        return run;
    }

    private void index() {
        prompts.visit((fields, line) -> promptsOf.computeIfAbsent(fields.text("session"), _ -> new ArrayList<>())
                .add(new PromptLine(fields.integer("step"), line)));
        blocks.visit((fields, line) -> {
            String sha = fields.text("sha");
            String text = fields.text("text");
            Line earlier = blockOf.putIfAbsent(sha, line);
            if (earlier != null && !blockText(earlier).equals(text)) {
                throw fields.broken("another text than in line " + earlier.number() + " under sha " + sha);
            }
        });
        calls.ifPresent(file -> file.visit((fields, line) -> callsOf
                .computeIfAbsent(fields.text("session"), _ -> new ArrayList<>()).add(line)));
    }

    /** The name of the directory. */
    public String name() {
        return name;
    }

    /** The sessions that have prompts, in the order of their first ones. */
    public Set<String> sessions() {
        return Collections.unmodifiableSet(promptsOf.keySet());
    }

    /** The prompts of a session in the order of their steps; of several for one step, the last line. */
    Stream<Prompt> prompts(String session) {
        Map<Integer, Line> lines = new TreeMap<>();
        linesOf(session).forEach(prompt -> lines.put(prompt.step, prompt.line));
        return lines.values().stream().map(prompts::read).map(RunReader::prompt);
    }

    /** Lengths of the prompts of a session in the order of their steps, in code points. */
    public List<Long> promptLengths(String session) {
        Map<String, Long> lengths = new HashMap<>();
        return prompts(session).map(prompt -> prompt.parts().stream()
                .mapToLong(part -> lengths.computeIfAbsent(part.sha(),
                        sha -> text(sha).map(Characters::count).orElse(0).longValue()))
                .sum()).toList();
    }

    /** The steps of a session that have several lines, once for each line too many. */
    List<Integer> repeatedSteps(String session) {
        Set<Integer> seen = new HashSet<>();
        return linesOf(session).stream().map(PromptLine::step).filter(step -> !seen.add(step)).toList();
    }

    /** The text of a block; empty if the run does not have it. */
    Optional<String> text(String sha) {
        return Optional.ofNullable(blockOf.get(sha)).map(this::blockText);
    }

    /** The calls of helping models that a session took. */
    List<HelperTokens> helperCalls(String session) {
        return calls.stream().flatMap(file -> callsOf.getOrDefault(session, List.of()).stream().map(file::read))
                .map(RunReader::helperCall).toList();
    }

    private List<PromptLine> linesOf(String session) {
        return promptsOf.getOrDefault(session, List.of());
    }

    private String blockText(Line line) {
        return blocks.read(line).text("text");
    }

    private static Prompt prompt(LineFields fields) {
        List<Prompt.Part> parts = fields.objects("blocks").stream()
                .map(block -> new Prompt.Part(block.text("sha"), block.text("kind"), block.span("seqs"))).toList();
        return new Prompt(fields.integer("step"), fields.integer("upto"), parts);
    }

    private static HelperTokens helperCall(LineFields fields) {
        String model = fields.text("model");
        boolean billed = !UNBILLED.contains(model.split("/", 2)[0]);
        return new HelperTokens(fields.text("stage"), billed, fields.size("inputTokens"), fields.size("outputTokens"),
                fields.sizeIfAny("micros"));
    }

    @Override
    public void close() throws IOException {
        try (prompts; blocks) {
            if (calls.isPresent()) {
                calls.get().close();
            }
        }
    }

    private record PromptLine(int step, Line line) {
    }
}
