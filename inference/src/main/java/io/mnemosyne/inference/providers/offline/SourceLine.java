package io.mnemosyne.inference.providers.offline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.text.Names;
import io.mnemosyne.inference.providers.offline.Transcript.Statement;
import io.mnemosyne.inference.providers.offline.Transcript.ToolUse;

/**
 * One line of what was said, read, written or printed.
 *
 * @param source the file or command that it stands in
 * @param written true if an agent or user wrote it, false if a tool printed it
 */
record SourceLine(String source, long seq, Optional<Instant> at, boolean written, String text) {
    private static final int LONGEST = 160;
    private static final int SHORTEST = 6;
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");

    /** All lines of a stretch that could be worth quoting. */
    static List<SourceLine> of(Transcript transcript) {
        List<SourceLine> lines = new ArrayList<>();
        for (Statement said : transcript.statements()) {
            if (!said.thinking()) {
                String source = said.role() == Role.USER ? "asked" : "said";
                add(lines, source, said.seq(), said.at(), true, said.text());
            }
        }
        for (ToolUse use : transcript.uses()) {
            String source = source(use);
            for (Arguments.Field field : use.arguments().fields()) {
                if (field.value().length() >= SHORTEST && !source.equals(field.value().strip())) {
                    add(lines, source, use.seqs().from(), use.at(), true, field.value());
                }
            }
            add(lines, source, use.seqs().to(), use.at(), false, use.output());
        }
        return lines;
    }

    /** Whether two lines were said, written or printed at once. */
    boolean isOfSameText(SourceLine other) {
        return seq == other.seq && written == other.written && source.equals(other.source);
    }

    /** The words of four letters and more that are no part of a name. */
    Set<String> plainWords() {
        StringBuilder rest = new StringBuilder(text);
        Names.scan(text, (start, end, _) -> rest.replace(start, end, " ".repeat(end - start)));
        return WORD.matcher(rest).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static void add(List<SourceLine> lines, String source, long seq, Optional<Instant> at, boolean written,
            String text) {
        for (String raw : Texts.plain(text).lines().toList()) {
            String line = raw.strip();
            if (line.length() >= SHORTEST) {
                lines.add(new SourceLine(source, seq, at, written, Texts.head(compact(line), LONGEST)));
            }
        }
    }

    private static String compact(String line) {
        return line.indexOf('\t') < 0 && !line.contains("  ") ? line : Texts.oneLine(line);
    }

    private static String source(ToolUse use) {
        return use.arguments().path().or(() -> use.arguments().command().map(Shell::parse).map(Shell::line))
                .map(text -> Texts.head(text, 100)).orElse(use.tool());
    }
}
