package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProjectState.FileNote;
import io.mnemosyne.core.ProjectState.Item;

/** Reads a project state out of log entries, without a model. */
final class StateExtraction {
    private static final Pattern VERSION = Pattern.compile("\\b(\\p{L}[\\p{L}\\d.+#-]*)[ =:@]v?(\\d+\\.\\d+[\\w.+-]*)");
    private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_.+-]{1,20}");
    static final String TOOLS = "tools: ";
    private static final int MAX_TOOLS = 30;

    private final Map<StateField, List<Item>> lists = new EnumMap<>(StateField.class);
    private final Map<String, FileNote> files = new TreeMap<>();
    private final Map<String, Item> failing = new LinkedHashMap<>();
    private final Map<String, Item> asked = new LinkedHashMap<>();

    private StateExtraction(ProjectState previous) {
        previous.blockers().forEach(item -> failing.put(subject(asError(item)), item));
        previous.openQuestions().forEach(item -> asked.put(Subject.of(item.text()), item));
    }

    /**
     * What the entries say, for {@link StateMerge} to merge into the previous state.
     *
     * @param previous knows questions and failures of earlier turns that these entries may settle
     */
    static ProjectState of(List<LogEntry> entries, ProjectState previous) {
        StateExtraction extraction = new StateExtraction(previous);
        entries.stream().filter(entry -> !LeftOut.is(entry)).forEach(extraction::read);
        extraction.failing.values().forEach(item -> extraction.add(StateField.BLOCKERS, item));
        extraction.asked.values().forEach(item -> extraction.add(StateField.OPEN_QUESTIONS, item));
        extraction.tools(entries, previous);
        return StateField.assemble(0, extraction.lists, extraction.files);
    }

    private void read(LogEntry entry) {
        Item item = new Item(entry.text(), entry.seqs(), Optional.empty(), entry.dates());
        answer(entry);
        switch (entry.kind()) {
            case REQUEST -> {
                add(StateField.GOALS, item);
                ask(item);
            }
            case INSTRUCTION -> add(StateField.PREFERENCES, item);
            case DECISION -> {
                add(StateField.DECISIONS, item);
                ask(item);
            }
            case FILE -> {
                Usage.of(entry).ifPresent(usage -> note(usage, entry));
                settle(entry);
            }
            case ERROR -> fail(entry, item);
            case RESOLUTION, TEST, COMMAND -> settle(entry);
            case FACT -> {
                versions(entry);
                // What a file asks is not for anybody here to answer.
                if (Quotes.of(entry).isEmpty()) {
                    ask(item);
                }
            }
        }
    }

    private void note(Usage usage, LogEntry entry) {
        int total = usage.times().values().stream().mapToInt(Integer::intValue).sum();
        String summary = total == 1 ? usage.last() : usage.counts() + ", last " + usage.last();
        files.put(usage.subject(), new FileNote(summary, Optional.empty(), entry.seqs().to()));
    }

    /** A minor failure, such as a mistyped edit, blocks nobody. */
    private void fail(LogEntry entry, Item item) {
        if (entry.priority() != LogEntry.Priority.MINOR) {
            failing.put(subject(entry), item);
        }
    }

    /** A command that succeeds again, or a file that can be read or changed again, settles the failure of the same. */
    private void settle(LogEntry entry) {
        boolean settled = entry.kind() == Kind.RESOLUTION || entry.kind() == Kind.FILE
                || Usage.of(entry).filter(Usage::succeeded).isPresent();
        String subject = subject(entry);
        Optional.ofNullable(failing.get(subject)).filter(_ -> settled).ifPresent(blocker -> {
            failing.remove(subject);
            add(StateField.BLOCKERS, new Item(StateMerge.DONE + blocker.text(), entry.seqs()));
        });
    }

    private static LogEntry asError(Item item) {
        return new LogEntry(LogEntry.Priority.NOTABLE, Kind.ERROR, item.seqs(), Optional.empty(), item.text());
    }

    private static String subject(LogEntry entry) {
        return Usage.of(entry).map(Usage::subject).orElseGet(() -> Subject.of(entry.text()));
    }

    private void ask(Item item) {
        if (item.text().stripTrailing().endsWith("?")) {
            asked.put(Subject.of(item.text()), item);
        }
    }

    /** A user's word answers what was asked in earlier turns; a decision answers what the user asked. */
    private void answer(LogEntry entry) {
        if (entry.kind() == Kind.REQUEST || entry.kind() == Kind.INSTRUCTION || entry.kind() == Kind.DECISION) {
            List<Item> answered = asked.values().stream().filter(item -> item.seqs().to() < entry.seqs().from())
                    .toList();
            answered.forEach(
                    item -> add(StateField.OPEN_QUESTIONS, new Item(StateMerge.DONE + item.text(), entry.seqs())));
            asked.values().removeAll(answered);
        }
    }

    private void versions(LogEntry entry) {
        Matcher version = VERSION.matcher(entry.text());
        while (version.find()) {
            add(StateField.ENVIRONMENT, new Item(version.group(1) + " " + version.group(2), entry.seqs()));
        }
    }

    private void tools(List<LogEntry> entries, ProjectState previous) {
        NavigableSet<String> tools = new TreeSet<>();
        previous.environment()
                .stream()
                .filter(item -> item.text().startsWith(TOOLS))
                .forEach(item -> tools.addAll(List.of(item.text().substring(TOOLS.length()).split(", "))));
        List<LogEntry> commands = entries.stream().filter(entry -> entry.kind() == Kind.COMMAND).toList();
        for (LogEntry command : commands) {
            Usage.of(command)
                    .map(usage -> usage.subject().strip().split("\\s", 2)[0])
                    .filter(tool -> TOOL.matcher(tool).matches() && tools.size() < MAX_TOOLS)
                    .ifPresent(tools::add);
        }
        if (!commands.isEmpty() && !tools.isEmpty()) {
            add(StateField.ENVIRONMENT, new Item(TOOLS + String.join(", ", tools), commands.getLast().seqs()));
        }
    }

    private void add(StateField field, Item item) {
        lists.computeIfAbsent(field, _ -> new ArrayList<>()).add(item);
    }
}
