package io.mnemosyne.replay.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.recording.CanonicalJson;
import io.mnemosyne.replay.recording.Recording;

/** A run that a test writes line by line. */
final class RunDirectory {
    private final Path directory;

    RunDirectory(Path directory) {
        this.directory = directory;
        line("prompts.jsonl", "");
        line("blocks.jsonl", "");
    }

    /** The prompt of a step as it should be numbered. */
    RunDirectory prompt(Recording recording, int step, PromptBlock... blocks) {
        return prompt(recording, step, recording.steps().get(step) - 1, blocks);
    }

    RunDirectory prompt(Recording recording, int step, int upto, PromptBlock... blocks) {
        for (PromptBlock block : blocks) {
            line("blocks.jsonl",
                    "{\"sha\": \"%s\", \"text\": %s}".formatted(block.sha(), CanonicalJson.quote(block.text())));
        }
        String parts = Arrays.stream(blocks).map(RunDirectory::json).collect(Collectors.joining(", "));
        return line("prompts.jsonl", "{\"session\": \"%s\", \"step\": %d, \"upto\": %d, \"blocks\": [%s]}"
                .formatted(recording.id(), step, upto, parts));
    }

    RunDirectory line(String file, String line) {
        try {
            Files.writeString(directory.resolve(file), line + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunReader open() {
        return RunReader.open(directory);
    }

    /** The event as it was recorded. */
    static PromptBlock raw(Recording recording, int event) {
        return PromptBlock.of(PromptBlock.Kind.TURN, Optional.of(SeqRange.of(event)),
                recording.events().get(event).text());
    }

    /** All events before a step as they were recorded, some of them replaced. */
    static PromptBlock[] history(Recording recording, int step, List<Integer> replaced, PromptBlock.Kind kind,
            String by) {
        return IntStream.range(0, recording.steps().get(step))
                .mapToObj(event -> replaced.contains(event)
                        ? PromptBlock.of(kind, Optional.of(SeqRange.of(event)), by)
                        : raw(recording, event))
                .toArray(PromptBlock[]::new);
    }

    static PromptBlock[] history(Recording recording, int step) {
        return history(recording, step, List.of(), PromptBlock.Kind.STUB, "");
    }

    private static String json(PromptBlock block) {
        String events = block.events().map(range -> "[%d, %d]".formatted(range.from(), range.to())).orElse("null");
        return "{\"sha\": \"%s\", \"kind\": \"%s\", \"seqs\": %s}".formatted(block.sha(), block.kind().label(), events);
    }
}
