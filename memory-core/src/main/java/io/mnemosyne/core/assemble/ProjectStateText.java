package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.ProjectState;

/**
 * Renders a project state as Markdown. The same state always gives the same text for the same budget. The whole state is
 * kept; what the user said about how to work, the newest goals and the newest of everything else are shown as far as the
 * room reaches.
 */
public final class ProjectStateText {
    /** Share of a budget that the state may take. */
    private static final double SHARE = 0.05;
    /** The usual estimate; whoever needs the exact number counts the text. */
    private static final int CHARS_PER_TOKEN = 4;

    private static final Field GOALS = new Field("Goals", 0.3, state -> items(state.goals()));
    private static final Field QUESTIONS = new Field("Open questions", 0.3, state -> items(state.openQuestions()));
    private static final Field DECISIONS = new Field("Decisions", 0.4, state -> items(state.decisions()));
    private static final Field FILES = new Field("Files", 0.7, ProjectStateText::files);
    private static final Field BLOCKERS = new Field("Blockers", 0.3, state -> items(state.blockers()));
    private static final Field PREFERENCES = new Field("Preferences", 0.5, state -> items(state.preferences()));
    private static final Field ENVIRONMENT = new Field("Environment", 1, state -> items(state.environment()));
    private static final List<Field> SHOWN = List.of(GOALS, QUESTIONS, DECISIONS, FILES, BLOCKERS, PREFERENCES,
            ENVIRONMENT);
    /** Which field gets its share of the room first: what is hardest to find again comes before what is easiest. */
    private static final List<Field> BY_NEED = List.of(PREFERENCES, GOALS, QUESTIONS, DECISIONS, BLOCKERS, FILES,
            ENVIRONMENT);

    private ProjectStateText() {
    }

    /**
     * One part of the text.
     *
     * @param share of the room that the fields before it left
     * @param lines newest first
     */
    private record Field(String heading, double share, Function<ProjectState, List<String>> lines) {
        String text(ProjectState state, double room) {
            return ProjectStateText.text(heading, lines.apply(state), room * share);
        }
    }

    /**
     * A heading per field that has something to say; empty if none has; else ends with a newline.
     *
     * @param budget of the policy, tokens
     */
    public static String of(ProjectState state, long budget) {
        double room = SHARE * CHARS_PER_TOKEN * budget;
        Map<Field, String> texts = new HashMap<>();
        for (Field field : BY_NEED) {
            String text = field.text(state, room);
            texts.put(field, text);
            room -= text.length();
        }
        String text = SHOWN.stream().map(field -> texts.getOrDefault(field, "")).collect(Collectors.joining());
        return text.isEmpty() ? "" : "## Project state\n" + text;
    }

    private static String text(String heading, List<String> newestFirst, double room) {
        List<String> shown = new ArrayList<>();
        double left = room;
        for (String line : newestFirst) {
            if (line.length() <= left) {
                shown.addFirst(line);
                left -= line.length();
            }
        }
        int hidden = newestFirst.size() - shown.size();
        return shown.isEmpty()
                ? ""
                : "### " + heading + (hidden == 0 ? "" : " (" + hidden + " not shown)") + "\n"
                        + String.join("", shown);
    }

    private static List<String> items(List<ProjectState.Item> items) {
        return items.reversed().stream().map(item -> line(DateReference.beside(item.text(), item.dates()) + " ["
                + item.seqs() + item.supersedes().map(older -> ", supersedes " + older).orElse("") + "]")).toList();
    }

    private static List<String> files(ProjectState state) {
        Comparator<Map.Entry<String, ProjectState.FileNote>> newestFirst = Comparator
                .comparing(file -> file.getValue().seq(), Comparator.reverseOrder());
        return state.files().entrySet().stream()
                .sorted(newestFirst.thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(file -> line(
                        file.getKey() + ": " + file.getValue().summary() + " [" + file.getValue().seq() + "]"))
                .toList();
    }

    private static String line(String item) {
        return "- " + item.replace("\n", "\n  ") + "\n";
    }
}
