package io.mnemosyne.replay.fact;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.entity.Escapes;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.ToolArguments;

/** Finds the facts of a session. One that is told again is not found again. */
public final class Facts {
    private final Set<Told> known = new HashSet<>();
    private final Set<Fact> found = new LinkedHashSet<>();

    private Facts() {
    }

    /** The facts in the order of their events. */
    public static List<Fact> of(Recording recording) {
        Facts facts = new Facts();
        recording.events().forEach(facts::read);
        return List.copyOf(facts.found);
    }

    private void read(Event event) {
        for (Part part : event.turn().parts()) {
            switch (part) {
                case Part.ToolResult result -> add(FactKind.ERROR_LINE, event,
                        ErrorLines.of(result.content().shown(), result.error()));
                case Part.Text text when event.role() == Role.ASSISTANT -> {
                    add(FactKind.DECISION, event, Decisions.of(text.content().shown()));
                    addNames(event, text.content().shown());
                }
                case Part.Text text when event.role() == Role.USER -> addNames(event, text.content().shown());
                case Part.Text _,Part.Thinking _,Part.ToolCall _,Part.Image _ -> {
                }
            }
        }
        event.calls().forEach(
                call -> ToolArguments.forEachLeaf(call.arguments(), (_, value) -> addNames(event, value)));
    }

    private void addNames(Event event, String text) {
        // Sorted, because a set of strings has no order that can be relied on.
        List<String> names = Entities.ofText(text).stream().sorted().toList();
        add(FactKind.NUMBER, event, names.stream().filter(Entities::isNumber).toList());
        add(FactKind.PATH, event, names.stream().filter(Facts::isPath).toList());
    }

    /** Prose writes "and/or", a command "s/old": a path goes deeper, or names a file. */
    private static boolean isPath(String name) {
        return Entities.isPath(name) && (name.indexOf('/') < name.lastIndexOf('/') || name.indexOf('.') >= 0);
    }

    private void add(FactKind kind, Event event, Collection<String> texts) {
        for (String text : texts) {
            String plain = Escapes.undo(text);
            if (known.add(new Told(kind, plain))) {
                found.add(new Fact(kind, plain, event.index()));
            }
        }
    }

    private record Told(FactKind kind, String text) {
    }
}
