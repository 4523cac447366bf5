package io.mnemosyne.core.reflect;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.ProjectState;

/** The lists of a project state by name. */
enum StateField {
    GOALS("goals", 300),
    OPEN_QUESTIONS("openQuestions", 300),
    DECISIONS("decisions", 300),
    BLOCKERS("blockers", 300),
    /** Said by the user and kept to the letter, hence the room. */
    PREFERENCES("preferences", 1_000),
    ENVIRONMENT("environment", 300);

    private final String key;
    private final int maxChars;

    StateField(String key, int maxChars) {
        this.key = key;
        this.maxChars = maxChars;
    }

    /** The field that an edit names. */
    static Optional<StateField> named(String key) {
        return Arrays.stream(values()).filter(field -> field.key.equals(key)).findFirst();
    }

    static Map<StateField, List<ProjectState.Item>> listsOf(ProjectState state) {
        Map<StateField, List<ProjectState.Item>> lists = new EnumMap<>(StateField.class);
        for (StateField field : values()) {
            lists.put(field, field.of(state));
        }
        return lists;
    }

    /** @param lists one for every field */
    static ProjectState assemble(long version, Map<StateField, List<ProjectState.Item>> lists,
            Map<String, ProjectState.FileNote> files) {
        return new ProjectState(version, list(lists, GOALS), list(lists, OPEN_QUESTIONS), list(lists, DECISIONS), files,
                list(lists, BLOCKERS), list(lists, PREFERENCES), list(lists, ENVIRONMENT));
    }

    List<ProjectState.Item> of(ProjectState state) {
        return switch (this) {
            case GOALS -> state.goals();
            case OPEN_QUESTIONS -> state.openQuestions();
            case DECISIONS -> state.decisions();
            case BLOCKERS -> state.blockers();
            case PREFERENCES -> state.preferences();
            case ENVIRONMENT -> state.environment();
        };
    }

    String key() {
        return key;
    }

    /**
     * What an item of this field is about, so that a newer one on the same subject takes its place. The environment is
     * told as name and value.
     */
    String subject(String text) {
        return this == ENVIRONMENT ? Phrases.words(text).stream().findFirst().orElse(text) : Subject.of(text);
    }

    /** The item with its text cut to what this field holds. */
    ProjectState.Item clip(ProjectState.Item item) {
        String text = Phrases.clip(item.text(), maxChars);
        return new ProjectState.Item(text, item.seqs(), item.supersedes(),
                DateReference.within(text, item.dates()));
    }

    private static List<ProjectState.Item> list(Map<StateField, List<ProjectState.Item>> lists, StateField field) {
        return lists.getOrDefault(field, List.of());
    }
}
