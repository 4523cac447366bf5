package io.mnemosyne.launcher.agent;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/**
 * A Java agent that ends its JVM when the parent process closes the pipe that is standard input here. The operating
 * system closes it too when the parent is killed, so no child outlives its parent. Uses nothing but the JDK, as it is
 * loaded into JVMs with any class path.
 */
public final class ParentWatch {
    /** How long shutdown hooks may take before the JVM is halted. */
    static final long GRACE_MILLIS = 7_000;
    /** Exit code of a JVM whose shutdown hooks took too long. */
    static final int HALTED = 70;

    private ParentWatch() {
    }

    /** Called by the JVM before the main class. */
    public static void premain(String arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::watch);
    }

    private static void watch() {
        awaitEnd(new FileInputStream(FileDescriptor.in));
        Thread.ofPlatform().daemon().name("parent-watch-halt").start(ParentWatch::haltAfterGrace);
        System.exit(0);
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
    }

    private static void haltAfterGrace() {
        long end = System.nanoTime() + GRACE_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        Runtime.getRuntime().halt(HALTED);
    }
}
