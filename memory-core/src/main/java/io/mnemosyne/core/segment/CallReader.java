package io.mnemosyne.core.segment;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Sha256;

/** Reads from a call's name and arguments what its result will show. */
final class CallReader {
    private static final int MAX_SUMMARY = 100;
    private static final int MAX_PATH = 300;
    private static final int MAX_STRETCH = 200;
    private static final Set<String> READERS = Set.of("read", "view", "open", "cat", "readfile", "fileread", "viewfile",
            "openfile", "readrange", "getfilecontents", "notebookread", "readlines", "extractmethodcode",
            "extracttestcode", "extractcodesnippet");
    private static final Set<String> EDITORS = Set.of("edit", "write", "create", "insert", "replace", "strreplace",
            "multiedit", "editfile", "writefile", "createfile", "filewrite", "notebookedit", "applypatch", "patch",
            "append", "deletefile");
    private static final Set<String> EDITING_COMMANDS = Set.of("create", "str_replace", "insert", "undo_edit", "edit",
            "write");
    private static final Set<String> LISTERS = Set.of("ls", "list", "listdir", "listdirectory", "listfiles", "glob",
            "findfile", "gitstatus");
    private static final Set<String> PLANNERS = Set.of("todowrite", "todo", "updateplan", "exitplanmode", "plan");

    private CallReader() {
    }

    static CallFacts read(Part.ToolCall call) {
        CallArguments arguments = CallArguments.of(call.content().shown());
        String tool = plain(call.name());
        boolean shell = arguments.path().isEmpty() && !arguments.command().isEmpty();
        ShellCommand does = shell ? ShellCommand.of(arguments.command()) : of(tool, arguments);
        String what = does.path().isPresent() && !shell ? does.path().get() : arguments.command();
        return new CallFacts(call.id(), call.name(), does.action(),
                does.path().filter(path -> path.length() <= MAX_PATH), bounded(does.stretch().encoded()),
                Lines.oneLine(call.name() + " " + what, MAX_SUMMARY), Optional.empty());
    }

    private static ShellCommand of(String tool, CallArguments arguments) {
        return new ShellCommand(actionOf(tool, arguments), arguments.path(), arguments.stretch());
    }

    private static ToolAction actionOf(String tool, CallArguments arguments) {
        boolean edits = EDITING_COMMANDS.contains(arguments.command());
        if (READERS.contains(tool) || arguments.command().equals("view")) {
            return ToolAction.READ;
        }
        if (edits || EDITORS.contains(tool)) {
            return ToolAction.EDIT;
        }
        if (LISTERS.contains(tool)) {
            return ToolAction.LIST;
        }
        if (PLANNERS.contains(tool)) {
            return ToolAction.PLAN;
        }
        if (tool.contains("search") || tool.contains("grep")) {
            return ToolAction.SEARCH;
        }
        return tool.startsWith("test") || tool.contains("runtest") ? ToolAction.TEST : ToolAction.OTHER;
    }

    /** The letters and digits of a name, in lower case. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.toLowerCase(Locale.ROOT).chars().filter(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                .forEach(c -> plain.append((char) c));
        return plain.toString();
    }

    /** A longer one as its hash, which tells stretches apart as well. */
    private static String bounded(String stretch) {
        return stretch.length() <= MAX_STRETCH ? stretch : Stretch.named(Sha256.hex(stretch)).encoded();
    }
}
