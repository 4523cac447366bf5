package io.mnemosyne.bench.redact;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.mnemosyne.core.redact.CredentialRedactor;

/** The redaction of another version of Mnemosyne, so that both are measured in the same run. */
final class OtherVersion {
    private OtherVersion() {
    }

    /**
     * Redacts with the classes of another version.
     *
     * @param memoryCore its jar, or directory of classes, of memory-core; libraries are those of this version
     * @throws IOException if there is no redactor
     */
    static Consumer<String> of(Path memoryCore) throws IOException {
        List<URL> path = new ArrayList<>(List.of(memoryCore.toUri().toURL()));
        for (String entry : Arrays.asList(System.getProperty("java.class.path").split(":", -1))) {
            path.add(Path.of(entry).toUri().toURL());
        }
        try {
            // Stays open as long as the process lives.
            @SuppressWarnings("resource")
            URLClassLoader classes = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            Class<?> type = classes.loadClass(CredentialRedactor.class.getName());
            Object redactor = type.getConstructor(byte[].class).newInstance("bench".getBytes(StandardCharsets.UTF_8));
            Method redact = type.getMethod("redact", String.class);
            return text -> {
                try {
                    redact.invoke(redactor, text);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IOException(memoryCore + " has no redactor: name memory-core's jar or directory of classes", e);
        }
    }
}
