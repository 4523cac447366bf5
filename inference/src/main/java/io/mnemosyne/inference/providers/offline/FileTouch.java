package io.mnemosyne.inference.providers.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.inference.providers.offline.Transcript.ToolUse;

/**
 * One reading or changing of one file.
 *
 * @param what the lines read, or the change in a few words; empty if unknown
 */
record FileTouch(ToolUse use, String path, boolean change, String what) {
    private static final List<String> CHANGERS = List.of("write", "edit", "create", "replace", "insert", "patch",
            "update_file", "apply", "delete_file", "append");
    private static final Set<String> CHANGING_COMMANDS = Set.of("create", "str_replace", "insert", "undo_edit");
    private static final List<String> READERS = List.of("read", "view", "open", "cat", "show", "get_", "extract",
            "load");
    private static final Set<String> OLD = Set.of("old_str", "oldText", "old_string", "search", "target_lines");
    private static final Set<String> NEW = Set.of("new_str", "newText", "new_string", "replace", "modified_line",
            "replacement_text", "content", "file_text", "text", "new_lines", "patch", "contents");
    private static final Set<String> FROM = Set.of("start_line", "startline", "offset", "view_range", "line_number",
            "line_start");
    private static final Set<String> TO = Set.of("end_line", "endline", "limit", "line_end");
    private static final int SNIPPET = 90;

    /** What a tool use does to files; empty if it is no such use. */
    static List<FileTouch> of(ToolUse use) {
        Optional<Shell> shell = Shell.of(use);
        if (shell.isPresent()) {
            return shell.get().reading().stream().flatMap(step -> readByShell(use, step)).toList();
        }
        Optional<String> path = use.arguments().path();
        if (path.isEmpty()) {
            return List.of();
        }
        if (changes(use)) {
            return List.of(new FileTouch(use, path.get(), true, change(use)));
        }
        return reads(use) ? List.of(new FileTouch(use, path.get(), false, lines(use))) : List.of();
    }

    private static Stream<FileTouch> readByShell(ToolUse use, ShellStep step) {
        String what = step.program().equals("cat") ? "" : Texts.head(step.text(), 80);
        return step.paths().stream().map(path -> new FileTouch(use, path, false, what));
    }

    private static boolean changes(ToolUse use) {
        String tool = use.tool().toLowerCase(Locale.ROOT);
        Optional<String> command = use.arguments().command();
        if (command.isPresent() && tool.contains("edit")) {
            return CHANGING_COMMANDS.contains(command.get());
        }
        return CHANGERS.stream().anyMatch(tool::contains);
    }

    private static boolean reads(ToolUse use) {
        String tool = use.tool().toLowerCase(Locale.ROOT);
        boolean view = use.arguments().command().filter("view"::equals).isPresent();
        return view || READERS.stream().anyMatch(tool::startsWith);
    }

    private static String lines(ToolUse use) {
        List<String> from = values(use, FROM);
        List<String> to = values(use, TO);
        if (from.size() >= 2) {
            return "lines " + from.get(0) + "-" + from.get(1);
        }
        if (from.isEmpty()) {
            return to.isEmpty() ? "" : "first " + to.getFirst() + " lines";
        }
        boolean count = use.arguments().named(Set.of("limit")).isPresent();
        if (to.isEmpty()) {
            return "from line " + from.getFirst();
        }
        return count
                ? to.getFirst() + " lines from " + from.getFirst()
                : "lines " + from.getFirst() + "-" + to.getFirst();
    }

    private static String change(ToolUse use) {
        String before = String.join("\n", values(use, OLD));
        String after = String.join("\n", values(use, NEW));
        if (before.isBlank()) {
            long lines = after.lines().count();
            return lines <= 1 ? snippet(after) : snippet(after) + " (" + lines + " lines)";
        }
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int same = 0;
        while (same < old.size() && same < now.size() && old.get(same).equals(now.get(same))) {
            same++;
        }
        String gone = same < old.size() ? snippet(old.get(same)) : "";
        String come = same < now.size() ? snippet(now.get(same)) : "";
        return (gone.isEmpty() ? "" : gone + " ") + "→ " + (come.isEmpty() ? "(removed)" : come);
    }

    private static String snippet(String code) {
        String line = code.lines().map(String::strip).filter(text -> text.length() > 2).findFirst().orElse("");
        return line.isEmpty() ? "" : "`" + Texts.head(line, SNIPPET) + "`";
    }

    private static List<String> values(ToolUse use, Set<String> names) {
        return use.arguments().fields().stream().filter(field -> names.contains(field.name()))
                .map(Arguments.Field::value).collect(Collectors.toList());
    }
}
