package io.mnemosyne.core.assemble;

import java.util.List;
import java.util.Map;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.ProjectState;

/** Renders a project state as Markdown. The same state always gives the same text. */
public final class ProjectStateText {
    private ProjectStateText() {
    }

    /** A heading per field that has something to say; empty if none has; else ends with a newline. */
    public static String of(ProjectState state) {
        StringBuilder text = new StringBuilder();
        items(text, "Goals", state.goals());
        items(text, "Open questions", state.openQuestions());
        items(text, "Decisions", state.decisions());
        files(text, state.files());
        items(text, "Blockers", state.blockers());
        items(text, "Preferences", state.preferences());
        items(text, "Environment", state.environment());
        return text.isEmpty() ? "" : "## Project state\n" + text;
    }

    private static void items(StringBuilder text, String heading, List<ProjectState.Item> items) {
        if (!items.isEmpty()) {
            text.append("### ").append(heading).append('\n');
        }
        for (ProjectState.Item item : items) {
            line(text, DateReference.beside(item.text(), item.dates()) + " [" + item.seqs()
                    + item.supersedes().map(older -> ", supersedes " + older).orElse("") + "]");
        }
    }

    private static void files(StringBuilder text, Map<String, ProjectState.FileNote> files) {
        if (!files.isEmpty()) {
            text.append("### Files\n");
        }
        files.forEach((path, note) -> line(text, path + ": " + note.summary() + " [" + note.seq() + "]"));
    }

    private static void line(StringBuilder text, String item) {
        text.append("- ").append(item.replace("\n", "\n  ")).append('\n');
    }
}
