package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Words by which an object is found without its text. */
final class Tags {
    private static final int MAX_EXTENSION = 10;
    private static final Map<String, String> LANGUAGES = Map.ofEntries(Map.entry("py", "python"),
            Map.entry("java", "java"), Map.entry("kt", "kotlin"), Map.entry("ts", "typescript"),
            Map.entry("tsx", "typescript"), Map.entry("typescript", "typescript"), Map.entry("js", "javascript"),
            Map.entry("jsx", "javascript"), Map.entry("javascript", "javascript"), Map.entry("python", "python"),
            Map.entry("rs", "rust"), Map.entry("rust", "rust"), Map.entry("go", "go"), Map.entry("rb", "ruby"),
            Map.entry("c", "c"), Map.entry("h", "c"), Map.entry("cc", "c++"), Map.entry("cpp", "c++"),
            Map.entry("cs", "c#"), Map.entry("sh", "shell"), Map.entry("bash", "shell"), Map.entry("sql", "sql"),
            Map.entry("json", "json"), Map.entry("yaml", "yaml"), Map.entry("yml", "yaml"), Map.entry("toml", "toml"),
            Map.entry("xml", "xml"), Map.entry("html", "html"), Map.entry("css", "css"), Map.entry("md", "markdown"),
            Map.entry("rst", "markup"), Map.entry("diff", "diff"));

    private Tags() {
    }

    static List<String> ofResult(ToolAction action, Optional<String> path, boolean error) {
        List<String> tags = new ArrayList<>();
        tags.add(action.tag());
        path.flatMap(Tags::language).ifPresent(tags::add);
        if (error) {
            tags.add("error");
        }
        return tags;
    }

    static List<String> ofMessage(String role, String text, boolean error) {
        List<String> tags = new ArrayList<>();
        tags.add(role);
        fenced(text).ifPresent(tags::add);
        if (error) {
            tags.add("error");
        }
        return tags;
    }

    private static Optional<String> language(String path) {
        String name = Names.fileName(path);
        return Optional.ofNullable(LANGUAGES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    }

    /** The language that the first code block names. */
    private static Optional<String> fenced(String text) {
        int fence = text.indexOf("```");
        if (fence < 0) {
            return Optional.empty();
        }
        int start = fence + 3;
        int end = start;
        while (end < text.length() && end - start < MAX_EXTENSION && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return Optional.of(LANGUAGES.getOrDefault(text.substring(start, end).toLowerCase(Locale.ROOT), "code"));
    }
}
