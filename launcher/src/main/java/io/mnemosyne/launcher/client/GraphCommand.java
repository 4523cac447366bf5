package io.mnemosyne.launcher.client;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** {@code mnemosyne graph}: draws what a thread remembers, and what ties it. */
@Command(name = "graph", mixinStandardHelpOptions = true, description = {
        "Write the graph of a thread's objects in Graphviz's language (DOT).",
        "Where Graphviz's dot is on the PATH, it is drawn as SVG, too."})
public final class GraphCommand implements Callable<Integer> {
    private static final String DOT = ".dot";
    private static final String SVG = ".svg";

    private final String path;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServiceAddress address = new ServiceAddress();

    @Option(names = "--session", required = true, paramLabel = "ID", description = "Name of the thread.")
    String session = "";

    @Option(names = "--out", paramLabel = "DIR|FILE", description = "Where to write: a file that ends in .dot or .svg, or a directory. Default: here.")
    @Nullable
    Path out;

    @Option(names = "--from", paramLabel = "TURN", description = "First turn.")
    @Nullable
    Long from;

    @Option(names = "--to", paramLabel = "TURN", description = "Last turn.")
    @Nullable
    Long to;

    /** The command with the PATH of this process. */
    public GraphCommand() {
        this(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** @param path directories in which programs are, in the form of this system */
    GraphCommand(String path) {
        this.path = path;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter printed = spec.commandLine().getOut();
        String dot = address.connect().get(new ThreadKey(address.tenant, session), "/graph?format=dot"
                + (from == null ? "" : "&from=" + from) + (to == null ? "" : "&to=" + to)).body();
        Path file = file();
        write(file, dot);
        printed.println("wrote " + file);
        Optional<Path> graphviz = graphviz();
        if (graphviz.isPresent()) {
            Path svg = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.dot$", "") + SVG);
            draw(graphviz.get(), file, svg);
            printed.println("wrote " + svg);
        } else {
            printed.println("Graphviz's dot is not on the PATH, so no SVG was drawn; with it: dot -Tsvg -O " + file);
        }
        printed.flush();
        return ExitCode.OK.number();
    }

    private Path file() {
        String name = session.replaceAll("[^A-Za-z0-9._@-]", "_") + DOT;
        if (out == null) {
            return Path.of(name);
        }
        String last = out.getFileName().toString();
        if (last.endsWith(DOT)) {
            return out;
        }
        return last.endsWith(SVG)
                ? out.resolveSibling(last.substring(0, last.length() - SVG.length()) + DOT)
                : out.resolve(name);
    }

    private static void write(Path file, String dot) {
        try {
            Optional<Path> folder = Optional.ofNullable(file.toAbsolutePath().getParent());
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            Files.writeString(file, dot);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "cannot write " + file + ": " + e + "; name another with --out",
                    e);
        }
    }

    private Optional<Path> graphviz() {
        return Arrays.stream(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()).map(Path::of)
                .map(folder -> folder.resolve("dot")).filter(Files::isExecutable).findFirst();
    }

    private static void draw(Path graphviz, Path dot, Path svg) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(graphviz.toString(), "-Tsvg", "-o", svg.toString(), dot.toString())
                    .redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new CommandFailure(ExitCode.INCOMPLETE,
                        dot + " is written, but " + graphviz + " did not draw it: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + graphviz, e);
        }
    }
}
