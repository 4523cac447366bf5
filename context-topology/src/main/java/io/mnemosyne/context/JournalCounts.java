package io.mnemosyne.context;

import java.util.List;
import java.util.stream.Stream;

import io.mnemosyne.core.view.ViewEvent;

/** What an entry of a view's journal counts as. */
final class JournalCounts {
    private JournalCounts() {
    }

    /** Names of counters to raise by one. */
    static List<String> of(ViewEvent event) {
        return switch (event) {
            case ViewEvent.EpochOpened epoch -> Stream.concat(Stream.of("epoch." + Histories.word(epoch.reason())),
                    epoch.changes().stream().map(JournalCounts::shown)).toList();
            case ViewEvent.Faulted fault -> List.of("fault." + Histories.word(fault.kind()));
            case ViewEvent.Regrouped _ -> List.of("groups.changed");
            case ViewEvent.Obeyed obeyed -> List.of("command." + Histories.word(obeyed.kind())
                    + obeyed.refusal().map(_ -> ".refused").orElse(""));
        };
    }

    private static String shown(ViewEvent.Change change) {
        String way = change.to().isBelow(change.from()) ? "demoted" : "raised";
        return "object." + way + ".l" + change.to().level();
    }
}
