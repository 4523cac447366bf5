package io.mnemosyne.core.segment;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.segment.ShellSyntax.Step;

/**
 * What a shell command does, judged by the first of its steps that is recognised; one that changes a file goes first.
 * Deliberately no interpreter: what it does not recognise is {@link ToolAction#OTHER}.
 *
 * @param path of the file that is shown or changed, under the directory of a {@code cd} before it
 * @param stretch which lines of it are shown
 */
record ShellCommand(ToolAction action, Optional<String> path, Stretch stretch) {
    private static final ShellCommand OTHER = of(ToolAction.OTHER);
    /** Longer ones are scripts, which are not judged by their steps, characters. */
    private static final int MAX_COMMAND = 8 * 1024;
    private static final Set<String> LISTERS = Set.of("ls", "tree", "pwd", "find", "which", "whoami", "date", "fd");
    private static final Set<String> SEARCHERS = Set.of("grep", "egrep", "fgrep", "rg", "ag", "ack", "search_dir",
            "search_file");
    private static final Set<String> TESTERS = Set.of("pytest", "py.test", "tox", "jest", "vitest", "mocha", "rspec",
            "phpunit", "ctest", "nosetests");
    private static final Set<String> RUNNERS = Set.of("python", "python3", "npm", "npx", "yarn", "pnpm", "bun", "deno",
            "node", "tsx", "mvn", "gradle", "./gradlew", "go", "cargo", "make", "dotnet", "bash", "sh", "uv", "poetry");
    private static final Set<String> BUILDERS = Set.of("make", "mvn", "gradle", "./gradlew", "cmake", "ninja", "tsc",
            "javac", "gcc", "g++", "cargo");
    private static final Set<String> BUILDING = Set.of("build", "compile", "install", "package", "check", "lint", "tsc",
            "tsgo", "pip");

    static ShellCommand of(String command) {
        if (command.length() > MAX_COMMAND) {
            return OTHER;
        }
        String directory = "";
        ShellCommand found = OTHER;
        for (Step step : ShellSyntax.steps(command)) {
            List<String> words = step.first();
            if (words.getFirst().equals("cd") && words.size() == 2) {
                directory = words.get(1);
                continue;
            }
            ShellCommand does = of(step, directory);
            if (does.action == ToolAction.EDIT) {
                return does;
            }
            found = found.action == ToolAction.OTHER ? does : found;
        }
        return found;
    }

    private static ShellCommand of(Step step, String directory) {
        List<String> words = step.first();
        String program = words.getFirst();
        Optional<String> changed = ShellEdits.target(step);
        if (changed.isPresent()) {
            return new ShellCommand(ToolAction.EDIT, changed.map(file -> under(directory, file)), Stretch.ALL);
        }
        if (LISTERS.contains(program) || isGitStatus(words)) {
            return of(searches(step) ? ToolAction.SEARCH : ToolAction.LIST);
        }
        return ShellReads.of(step)
                .map(read -> new ShellCommand(ToolAction.READ, Optional.of(under(directory, read.file())),
                        read.stretch()))
                .orElseGet(() -> of(kindOf(words)));
    }

    private static ToolAction kindOf(List<String> words) {
        String program = words.getFirst();
        if (SEARCHERS.contains(program) || (program.equals("git") && words.contains("grep"))) {
            return ToolAction.SEARCH;
        }
        boolean tests = words.stream().limit(8).anyMatch(word -> word.contains("test") || word.equals("verify"));
        if (TESTERS.contains(program) || (RUNNERS.contains(program) && tests)) {
            return ToolAction.TEST;
        }
        boolean builds = BUILDERS.contains(program) || program.startsWith("pip")
                || (RUNNERS.contains(program) && words.stream().limit(5).anyMatch(BUILDING::contains));
        return builds ? ToolAction.BUILD : ToolAction.OTHER;
    }

    private static ShellCommand of(ToolAction action) {
        return new ShellCommand(action, Optional.empty(), Stretch.ALL);
    }

    /** Whether files that are found are searched in: by {@code -exec grep} or {@code xargs grep}. */
    private static boolean searches(Step step) {
        boolean executes = step.first().contains("-exec");
        return step.pipe().stream().anyMatch(command -> (executes || command.getFirst().equals("xargs"))
                && command.stream().anyMatch(SEARCHERS::contains));
    }

    private static boolean isGitStatus(List<String> words) {
        return words.size() > 1 && words.getFirst().equals("git") && words.get(1).equals("status");
    }

    private static String under(String directory, String file) {
        if (directory.isEmpty() || file.startsWith("/") || file.startsWith("~")) {
            return file;
        }
        return directory.endsWith("/") ? directory + file : directory + "/" + file;
    }
}
