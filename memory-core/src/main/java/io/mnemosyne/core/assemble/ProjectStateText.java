package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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

    private ProjectStateText() {
    }

    /** In the order in which they are shown. */
    private enum Field {
        GOALS("Goals", 0.3, state -> items(state.goals())),
        OPEN_QUESTIONS("Open questions", 0.3, state -> items(state.openQuestions())),
        DECISIONS("Decisions", 0.4, state -> items(state.decisions())),
        FILES("Files", 0.7, ProjectStateText::files),
        BLOCKERS("Blockers", 0.3, state -> items(state.blockers())),
        PREFERENCES("Preferences", 0.5, state -> items(state.preferences())),
        ENVIRONMENT("Environment", 1, state -> items(state.environment()));

        /** Which field gets its share of the room first: what is hardest to find again comes before what is easiest. */
        private static final List<Field> BY_NEED = List.of(PREFERENCES, GOALS, OPEN_QUESTIONS, DECISIONS, BLOCKERS,
                FILES,
                ENVIRONMENT);

        private final String heading;
        /** Of the room that the fields before it left. */
        private final double share;
        private final Function<ProjectState, List<String>> lines;

        Field(String heading, double share, Function<ProjectState, List<String>> lines) {
            this.heading = heading;
            this.share = share;
            this.lines = lines;
        }
    }

    /**
     * A heading per field that has something to say; empty if none has; else ends with a newline.
     *
     * @param budget of the policy, tokens
     */
    public static String of(ProjectState state, long budget) {
        double room = SHARE * CHARS_PER_TOKEN * budget;
        Map<Field, String> texts = new EnumMap<>(Field.class);
        for (Field field : Field.BY_NEED) {
            String text = text(field.heading, field.lines.apply(state), room * field.share);
            texts.put(field, text);
            room -= text.length();
        }
        String text = String.join("", texts.values());
        return text.isEmpty() ? "" : "## Project state\n" + text;
    }

    private static String text(String heading, List<String> newestFirst, double room) {
        List<String> shown = new ArrayList<>();
        double left = room;
        for (String line : newestFirst) {
            left -= line.length();
            if (left < 0) {
                break;
            }
            shown.addFirst(line);
        }
        int hidden = newestFirst.size() - shown.size();
        return shown.isEmpty()
                ? ""
                : "### " + heading + (hidden == 0 ? "" : " (" + hidden + " older ones not shown)") + "\n"
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
