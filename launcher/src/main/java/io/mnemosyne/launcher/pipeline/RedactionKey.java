package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Secret;

/** The key of the hashes in the place of secrets: the configured one, else one drawn once per data directory. */
final class RedactionKey {
    private static final String FILE = "redaction.key";
    private static final int BYTES = 32;

    private RedactionKey() {
    }

    static byte[] of(Optional<Secret> configured, Path data) {
        return configured.map(secret -> secret.value().getBytes(StandardCharsets.UTF_8)).orElseGet(() -> kept(data));
    }

    private static byte[] kept(Path data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DATA_UNUSABLE, "cannot keep the redaction key in " + file + ": "
                    + e.getMessage() + "; give one by MNEMOSYNE_REDACTION_KEY", e);
        }
    }

    private static void write(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, key, StandardOpenOption.CREATE);
    }
}
