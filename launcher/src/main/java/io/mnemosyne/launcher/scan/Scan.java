package io.mnemosyne.launcher.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.mnemosyne.core.redact.CredentialRedactor;

/** Looks through files, one after the other. */
final class Scan {
    static final String STANDARD_INPUT = "-";
    private static final int LARGEST = 64 << 20;
    /** Where a binary file shows that it is one. */
    private static final int BEGINNING = 8_000;

    private final CredentialRedactor redactor;
    private final InputStream input;
    private final List<Found> found = new ArrayList<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private int files;

    Scan(CredentialRedactor redactor, InputStream input) {
        this.redactor = redactor;
        this.input = input;
    }

    List<Found> found() {
        return List.copyOf(found);
    }

    /** Why which file was not looked at. */
    Map<String, String> skipped() {
        return skipped;
    }

    int files() {
        return files;
    }

    Map<String, Long> byRule() {
        return found.stream().collect(Collectors.groupingBy(Found::rule, TreeMap::new, Collectors.counting()));
    }

    /** Looks through a file, all files below a directory but those of git, or standard input. */
    void look(String name) {
        try {
            if (name.equals(STANDARD_INPUT)) {
                text(name, input.readNBytes(LARGEST + 1));
            } else {
                walk(Path.of(name));
            }
        } catch (IOException e) {
            skipped.put(name, "cannot be read: " + e);
        }
    }

    private void walk(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.size() > LARGEST) {
                    skipped.put(file.toString(), tooLarge());
                } else if (Files.isRegularFile(file)) {
                    text(file.toString(), Files.readAllBytes(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                skipped.put(file.toString(), "cannot be read: " + e);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void text(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            skipped.put(name, tooLarge());
        } else if (!isBinary(bytes)) {
            files++;
            found.addAll(Found.in(name, new String(bytes, StandardCharsets.UTF_8), redactor));
        }
    }

    private static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, BEGINNING); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static String tooLarge() {
        return "larger than " + (LARGEST >> 20) + " MiB: split it";
    }
}
