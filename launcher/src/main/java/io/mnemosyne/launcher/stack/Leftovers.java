package io.mnemosyne.launcher.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Children of an earlier run that was killed: they are about to end, but may still hold ports and files. */
final class Leftovers {
    /** A little more than a child needs to notice that its parent is gone. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Leftovers() {
    }

    /** Returns when none of them runs any more; kills those that take too long. */
    static void awaitEnd(Path data) {
        List<ProcessHandle> running = StackFile.read(data).stream().flatMap(file -> file.children().stream())
                .flatMap(child -> child.running().stream()).toList();
        CompletableFuture.allOf(running.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        running.forEach(ProcessHandle::destroyForcibly);
        running.forEach(handle -> handle.onExit().join());
    }
}
