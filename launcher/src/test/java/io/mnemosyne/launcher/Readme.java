package io.mnemosyne.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The blocks of the project's README that promise to work. */
public final class Readme {
    private static final Path FILE = Path.of("..", "README.md");
    private static final Path EXAMPLE = Path
            .of("src/test/java/io/mnemosyne/launcher/pipeline/ProduceFromJava.java");

    private Readme() {
    }

    /** The code block behind {@code <!-- executed: name -->}. */
    public static String block(String name) throws IOException {
        return block(FILE, name);
    }

    /** The code block behind such a mark in another page. */
    public static String block(Path page, String name) throws IOException {
        Matcher block = Pattern.compile("<!-- executed: " + name + " -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page));
        if (!block.find()) {
            throw new AssertionError(page + " has no block '" + name + "'");
        }
        return block.group(1);
    }

    /** The lines between the marks of the compiled example, without their indentation. */
    public static String compiledExample() throws IOException {
        return Files.readAllLines(EXAMPLE).stream().dropWhile(line -> !line.contains("// README:")).skip(1)
                .takeWhile(line -> !line.contains("// :README")).collect(Collectors.joining("\n"))
                .stripIndent() + "\n";
    }
}
