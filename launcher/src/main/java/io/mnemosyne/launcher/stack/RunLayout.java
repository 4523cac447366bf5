package io.mnemosyne.launcher.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/**
 * The directory in which the build puts what runs: {@code app} (the launcher with all modules and the broker),
 * {@code registry} and {@code search}, each a class path of its own.
 */
public record RunLayout(Path root) {
    /** System property that names the directory when it is not beside the running code. */
    public static final String PROPERTY = "mnemosyne.stack";

    /**
     * The layout that the running code is part of, or that its build has made.
     *
     * @throws CommandFailure if there is none
     */
    public static RunLayout find() {
        String named = System.getProperty(PROPERTY);
        Path root = named == null ? besideThisCode() : Path.of(named);
        RunLayout layout = new RunLayout(root.toAbsolutePath().normalize());
        layout.requireComplete();
        return layout;
    }

    /** The launcher's jar, which is the agent of every child too. */
    public Path agent() {
        return app().resolve("launcher.jar");
    }

    Path app() {
        return root.resolve("app");
    }

    Path registryJar() {
        return root.resolve("registry").resolve("quarkus-run.jar");
    }

    Path search() {
        return root.resolve("search");
    }

    private void requireComplete() {
        if (!Files.exists(agent()) || !Files.exists(registryJar()) || !Files.exists(search())) {
            throw new CommandFailure(ExitCode.NOT_BUILT,
                    "there is no complete run layout in " + root + ": run 'mvn package' first, without -pl");
        }
    }

    /** From {@code app/launcher.jar} one up; from {@code target/classes} or {@code target/x.jar} its sibling. */
    private static Path besideThisCode() {
        try {
            Path code = Path.of(RunLayout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path directory = code.resolveSibling("");
            return directory.endsWith("app") ? directory.resolveSibling("") : directory.resolve("stack");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of the running code is not a path", e);
        }
    }
}
