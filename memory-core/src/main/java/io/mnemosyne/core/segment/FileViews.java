package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that show a file as it was read last, one row per file.
 *
 * @param views oldest first, none of which shows all that another one shows; at most {@value #MAX}
 */
record FileViews(List<View> views) {
    static final FileViews NONE = new FileViews(List.of());
    static final int MAX = 8;

    FileViews {
        views = List.copyOf(views);
    }

    /** An object and the lines that it shows. */
    record View(String object, Stretch stretch) {
    }

    /** Reads what {@link #encoded} wrote. An older version kept an object's id alone. */
    static FileViews of(Optional<String> row) {
        return row.map(text -> new FileViews(text.lines().map(FileViews::view).toList())).orElse(NONE);
    }

    private static View view(String line) {
        int end = line.indexOf(' ');
        return end < 0
                ? new View(line, Stretch.ALL)
                : new View(line.substring(0, end), Stretch.of(line.substring(end + 1)));
    }

    String encoded() {
        List<String> lines = views.stream().map(view -> view.object() + " " + view.stretch().encoded()).toList();
        return String.join("\n", lines);
    }

    boolean has(String object) {
        return views.stream().anyMatch(view -> view.object().equals(object));
    }

    /** The objects of which a view shows everything, newest first. */
    List<String> coveredBy(Stretch stretch) {
        return views.reversed().stream().filter(view -> stretch.covers(view.stretch())).map(View::object).toList();
    }

    /** All objects, newest first. */
    List<String> objects() {
        return views.reversed().stream().map(View::object).toList();
    }

    FileViews plus(String object, Stretch stretch) {
        List<View> more = new ArrayList<>(
                views.stream().filter(view -> !stretch.covers(view.stretch())).toList());
        more.add(new View(object, stretch));
        return new FileViews(more.subList(Math.max(0, more.size() - MAX), more.size()));
    }
}
