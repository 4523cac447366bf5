package io.mnemosyne.context;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewState;

/** What entries of the journal say of objects. A row is written for an event only, never for a turn. */
final class Histories {
    private static final Map<Command.Kind, String> DONE = Map.of(Command.Kind.RESTORE, "restored",
            Command.Kind.RELEASE, "released", Command.Kind.PIN, "pinned", Command.Kind.QUERY, "found");

    private Histories() {
    }

    /** What became of an object, as far as that is known without its row. */
    record Note(long atSeq, String what, String cause, Optional<Fidelity> shown) {
        ObjectRow.Entry entry(Fidelity otherwise) {
            return new ObjectRow.Entry(atSeq, what, cause, shown.orElse(otherwise));
        }
    }

    /**
     * By the id of the object.
     *
     * @param after what the view knows after the event
     */
    static Map<String, Note> of(ViewEvent event, ViewState after) {
        Map<String, Note> notes = new LinkedHashMap<>();
        switch (event) {
            case ViewEvent.EpochOpened opened -> opened.changes().forEach(change -> notes.put(change.object(),
                    new Note(opened.atSeq(), change.to().isBelow(change.from()) ? "demoted" : "raised",
                            word(change.cause()), Optional.of(change.to()))));
            case ViewEvent.Faulted fault -> notes.put(fault.object(),
                    new Note(fault.atSeq(), "fault", word(fault.kind()), Optional.of(fault.shown())));
            case ViewEvent.Obeyed obeyed -> {
                boolean restored = obeyed.kind() == Command.Kind.RESTORE;
                obeyed.objects().forEach(id -> notes.put(id, new Note(obeyed.atSeq(),
                        DONE.getOrDefault(obeyed.kind(), word(obeyed.kind())), "asked",
                        restored ? Optional.of(Fidelity.FULL) : shown(after, id))));
                obeyed.refusal().ifPresent(why -> obeyed.missing().forEach(id -> notes.put(id,
                        new Note(obeyed.atSeq(), word(obeyed.kind()) + " refused", word(why), shown(after, id)))));
            }
            case ViewEvent.Regrouped _ -> {
                // a group is no more and no less than its objects
            }
        }
        return notes;
    }

    private static Optional<Fidelity> shown(ViewState state, String id) {
        return state.held().find(id).map(object -> object.shown());
    }

    static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
