package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Secret;

/** The key of the hashes in the place of secrets: the configured one, else one drawn once per data directory. */
public final class RedactionKey {
    private static final String FILE = "redaction.key";
    private static final int BYTES = 32;

    private RedactionKey() {
    }

    static byte[] of(Optional<Secret> configured, Path data) {
        return configured.map(secret -> secret.value().getBytes(StandardCharsets.UTF_8)).orElseGet(() -> kept(data));
    }

    /** The key that a pipeline with this directory has, if it has one already. */
    public static Optional<byte[]> known(Optional<Secret> configured, Path data) {
        return configured.isPresent() || Files.exists(data.resolve(FILE))
                ? Optional.of(of(configured, data))
                : Optional.empty();
    }

    private static byte[] kept(Path data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new CommandFailure(ExitCode.DATA_UNUSABLE, "the redaction key in " + file + " has " + key.length
                        + " bytes instead of " + BYTES + ": put the right one back, or remove the file for a new key, "
                        + "which gives the same secrets other marks");
            }
            return key;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE, "cannot keep the redaction key in " + file + ": "
                    + e.getMessage() + "; give one by MNEMOSYNE_REDACTION_KEY", e);
        }
    }

    private static void write(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        // Whole or not at all: half a key would be used for all time. A temporary file is its owner's alone.
        Path written = Files.write(Files.createTempFile(directory, FILE, ".next"), key);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
