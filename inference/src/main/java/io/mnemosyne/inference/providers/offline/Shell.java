package io.mnemosyne.inference.providers.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.inference.providers.offline.Transcript.ToolUse;

/**
 * A shell command, as far as the programs of its steps tell what it is for. Two are equal if they do the same in the same
 * directory.
 *
 * @param directory where its leading {@code cd}s lead to, as written; empty if there are none
 * @param command the whole of it without leading {@code cd}s
 */
record Shell(String directory, String command) {
    private static final Set<String> TOOLS = Set.of("bash", "shell", "sh", "run", "execute_bash", "run_command",
            "execute_command", "run_shell_command", "terminal", "exec", "local_shell", "powershell");
    private static final Pattern CD = Pattern.compile("^cd[ \t]+([^\\s;&|]{1,400})[ \t]*(?:&&|;|\n)\\s*");
    private static final int MAX_CDS = 4;
    private static final int HASH = 6;

    /** The command of a tool use, if the tool is a shell. */
    static Optional<Shell> of(ToolUse use) {
        boolean shell = TOOLS.contains(use.tool().toLowerCase(Locale.ROOT));
        return shell ? use.arguments().command().map(Shell::parse) : Optional.empty();
    }

    static Shell parse(String text) {
        String command = text.strip();
        String directory = "";
        Matcher cd = CD.matcher(command);
        for (int i = 0; i < MAX_CDS && cd.find(); i++) {
            boolean further = !directory.isEmpty() && !cd.group(1).startsWith("/") && !cd.group(1).startsWith("~");
            directory = further ? directory + "/" + cd.group(1) : cd.group(1);
            command = command.substring(cd.end());
            cd.reset(command);
        }
        return new Shell(directory, command);
    }

    /** Its first line, to say where something comes from. */
    String line() {
        return Texts.firstLine(command);
    }

    /**
     * The command on one line without backticks, so that it can stand between two. If that is not all of it, a hash
     * follows, because a memory knows commands by this text and must not take one for another.
     */
    String shown(int max) {
        String line = command.lines().map(String::strip).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" ⏎ ")).replace('`', '\'');
        String shown = line + (directory.isEmpty() ? "" : " (in " + directory + ")");
        return line.equals(command) && shown.length() <= max
                ? shown
                : Texts.head(shown, max - HASH - 2) + " #"
                        + Sha256.hex(directory + "\n" + command).substring(0, HASH);
    }

    /** Whether it shows files and does nothing that matters more. */
    boolean reads() {
        return !reading().isEmpty();
    }

    /** Whether it looks for something and does nothing that matters more. */
    boolean searches() {
        return looking().stream().anyMatch(ShellStep::searches);
    }

    /** The steps that show files; none if another step runs or changes something. */
    List<ShellStep> reading() {
        return looking().stream().filter(ShellStep::reads).toList();
    }

    private List<ShellStep> looking() {
        List<ShellStep> steps = ShellStep.of(command);
        return steps.stream().allMatch(ShellStep::onlyLooks) ? steps : List.of();
    }
}
