package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.ProjectState.FileNote;
import io.mnemosyne.core.ProjectState.Item;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.time.RelativeDates;

/**
 * A user's change of the project state: {@code add} or {@code remove} an item of a list, or {@code replace} the whole
 * list by one item. For {@code files} the value is a path, with {@code path: summary} to add or replace one note.
 */
record StateEdit(String field, Op op, String value, Optional<Instant> at) {

    private static final String COLON = ": ";

    enum Op {
        ADD,
        REMOVE,
        REPLACE
    }

    /** Empty if the command names no field, no operation or no value that there is, or a path that is too long. */
    static Optional<StateEdit> of(Command command) {
        Map<String, String> arguments = command.arguments();
        String field = arguments.getOrDefault("field", "");
        String value = arguments.getOrDefault("value", "").strip();
        boolean known = field.equals(StateMerge.FILES)
                ? path(value).length() <= StateMerge.MAX_PATH
                : StateField.named(field).isPresent();
        return known && !value.isEmpty()
                ? op(arguments.getOrDefault("op", "")).map(op -> new StateEdit(field, op, value, command.at()))
                : Optional.empty();
    }

    /**
     * The state with the edit in it.
     *
     * @param seq the newest turn that memory knows of, as the place of the edit
     * @param zone in which the user's days begin
     */
    ReflectorState applyTo(ReflectorState state, long seq, ZoneId zone) {
        List<DateReference> dates = at.map(said -> RelativeDates.in(value, said, zone)).orElse(List.of());
        return StateField.named(field)
                .map(list -> editList(state, list,
                        list.clip(new Item(value, SeqRange.of(seq), Optional.empty(), dates))))
                .orElseGet(() -> editFiles(state, seq));
    }

    /** @param given clipped, so that its subject, which is remembered, is no longer than an item */
    private ReflectorState editList(ReflectorState state, StateField list, Item given) {
        Map<StateField, List<Item>> lists = StateField.listsOf(state.project());
        List<Item> items = new ArrayList<>(list.of(state.project()));
        String subject = list.subject(given.text());
        UserEdits edits = state.edits();
        if (op == Op.REPLACE) {
            for (Item item : items) {
                edits = edits.remove(field, list.subject(item.text()));
            }
            items.clear();
        }
        Item edited = items.stream().filter(item -> list.subject(item.text()).equals(subject)).findFirst()
                .map(known -> StateMerge.superseding(known, given)).orElse(given);
        items.removeIf(item -> list.subject(item.text()).equals(subject));
        if (op == Op.REMOVE) {
            edits = edits.remove(field, subject);
        } else {
            edits = edits.keep(field, subject);
            items.add(edited);
        }
        lists.put(list, StateMerge.bounded(list, items, edits));
        return state.edit(StateMerge.next(state.project(), lists, state.project().files()), edits);
    }

    private ReflectorState editFiles(ReflectorState state, long seq) {
        Map<String, FileNote> files = new TreeMap<>(state.project().files());
        String path = path(value);
        UserEdits edits;
        if (op == Op.REMOVE) {
            edits = state.edits().remove(field, path);
            files.remove(path);
        } else {
            edits = state.edits().keep(field, path);
            String summary = path.equals(value) ? "" : value.substring(path.length() + COLON.length());
            files.put(path, StateMerge.clip(new FileNote(summary, Optional.empty(), seq)));
        }
        return state.edit(StateMerge.next(state.project(), StateField.listsOf(state.project()),
                StateMerge.newest(files, edits)), edits);
    }

    private static String path(String value) {
        int colon = value.indexOf(COLON);
        return colon < 0 ? value : value.substring(0, colon);
    }

    private static Optional<Op> op(String name) {
        return switch (name) {
            case "add" -> Optional.of(Op.ADD);
            case "remove" -> Optional.of(Op.REMOVE);
            case "replace" -> Optional.of(Op.REPLACE);
            default -> Optional.empty();
        };
    }
}
