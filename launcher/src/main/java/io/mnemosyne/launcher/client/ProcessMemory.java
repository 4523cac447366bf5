package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The resident memory of a process.
 *
 * @param nowMib mebibytes
 * @param peakMib the most that it ever was, mebibytes
 */
record ProcessMemory(long nowMib, long peakMib) {

    /** Empty where the operating system does not tell it as Linux does. */
    static Optional<ProcessMemory> of(long pid) {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return Optional.of(new ProcessMemory(mib(status, "VmRSS:"), mib(status, "VmHWM:")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long mib(List<String> status, String field) {
        return status.stream().filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }
}
