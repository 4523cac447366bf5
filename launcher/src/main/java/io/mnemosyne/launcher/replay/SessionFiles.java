package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** Finds recorded sessions and names each after its folder and file. */
final class SessionFiles {
    private static final String EXTENSION = ".jsonl";

    private SessionFiles() {
    }

    /**
     * The files, and all files below directories that end in {@code .jsonl}, sorted by path.
     *
     * @throws CommandFailure if there is none, one cannot be looked for, or two have the same name
     */
    static List<Path> find(List<Path> places) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new CommandFailure(ExitCode.USAGE, place + " does not exist");
            }
            try (Stream<Path> below = Files.walk(place)) {
                below.filter(file -> Files.isRegularFile(file)
                        && (file.equals(place) || file.toString().endsWith(EXTENSION))).forEach(files::add);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.USAGE, place + " cannot be searched: " + e.getMessage());
            }
        }
        List<Path> sorted = files.stream().map(file -> file.toAbsolutePath().normalize()).distinct().sorted().toList();
        if (sorted.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "no session found: name files, or directories with *"
                    + EXTENSION);
        }
        refuseEqualNames(sorted);
        return sorted;
    }

    /** The name of a session: its folder and its file without the extension. */
    static String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        String name = absolute.getFileName().toString();
        int dot = name.lastIndexOf('.');
        Path folder = absolute.getParent() == null ? Path.of("") : absolute.getParent();
        return (folder.getFileName() == null ? "" : folder.getFileName()) + "/"
                + (dot > 0 ? name.substring(0, dot) : name);
    }

    private static void refuseEqualNames(List<Path> files) {
        Map<String, Path> byName = new HashMap<>();
        for (Path file : files) {
            Path other = byName.putIfAbsent(name(file), file);
            if (other != null) {
                throw new CommandFailure(ExitCode.USAGE, "two sessions are named " + name(file) + ": " + other
                        + " and " + file + "; rename a folder or replay them apart");
            }
        }
    }
}
