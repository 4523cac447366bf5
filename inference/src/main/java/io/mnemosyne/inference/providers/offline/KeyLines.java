package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SeqRange;

/**
 * Quotes the lines that together hold the most weight of names per token. A name counts once: a line is worth the names
 * that no entry and no line before it told.
 */
final class KeyLines {
    private static final double CHARS_PER_TOKEN = 3.2;
    private static final double LINE_COST = 3;
    private static final int PER_ENTRY = 1_600;

    private final List<SourceLine> lines;
    private final NameIndex names;
    private final BitSet told;

    private KeyLines(List<SourceLine> lines, NameIndex names) {
        this.lines = lines;
        this.names = names;
        told = new BitSet(names.size());
    }

    /**
     * Fact entries, one or more per source, of about {@code budget} tokens together.
     *
     * @param priorMemory text whose names are known already and count less
     * @param entries whose names need not be quoted again
     */
    static List<LogEntry> choose(List<SourceLine> lines, String priorMemory, List<LogEntry> entries, long budget) {
        KeyLines keyLines = new KeyLines(lines, NameIndex.of(lines, priorMemory));
        entries.forEach(entry -> keyLines.tell(keyLines.names.in(entry.text())));
        return keyLines.entries(keyLines.greedy(budget));
    }

    private record Bid(int line, double worth) {
        /** The worthiest first, of equal ones the newest. */
        static final Comparator<Bid> ORDER = Comparator.comparingDouble((Bid bid) -> -bid.worth())
                .thenComparingInt(bid -> -bid.line());
    }

    /** Lazy greedy choice: worth only falls as names get told, so a stale bid is renewed before it can win. */
    private List<Integer> greedy(long budget) {
        PriorityQueue<Bid> bids = new PriorityQueue<>(Bid.ORDER);
        for (int line = 0; line < lines.size(); line++) {
            bid(bids, line);
        }
        List<Integer> chosen = new ArrayList<>();
        Set<String> sources = new HashSet<>();
        double room = budget;
        while (!bids.isEmpty() && room > LINE_COST * 4) {
            Bid bid = bids.remove();
            if (worth(bid.line()) < bid.worth()) {
                bid(bids, bid.line());
                continue;
            }
            SourceLine line = lines.get(bid.line());
            double cost = cost(line) + (sources.contains(line.source()) ? 0 : headCost(line));
            if (cost <= room) {
                room -= cost;
                sources.add(line.source());
                chosen.add(bid.line());
                tell(names.ofLine(bid.line()));
            }
        }
        chosen.sort(Integer::compare);
        return chosen;
    }

    private void bid(PriorityQueue<Bid> bids, int line) {
        double worth = worth(line);
        if (worth > 0) {
            bids.add(new Bid(line, worth));
        }
    }

    private double worth(int line) {
        double gain = 0;
        for (int name : names.ofLine(line)) {
            gain += told.get(name) ? 0 : names.weight(name);
        }
        return gain / cost(lines.get(line));
    }

    private void tell(int[] someNames) {
        for (int name : someNames) {
            told.set(name);
        }
    }

    private static double cost(SourceLine line) {
        return line.text().length() / CHARS_PER_TOKEN + LINE_COST;
    }

    private static double headCost(SourceLine line) {
        return EntryBudget.FRAME + line.source().length() / CHARS_PER_TOKEN;
    }

    private List<LogEntry> entries(List<Integer> chosen) {
        Map<String, List<SourceLine>> bySource = new LinkedHashMap<>();
        chosen.forEach(index -> bySource.computeIfAbsent(lines.get(index).source(), _ -> new ArrayList<>())
                .add(lines.get(index)));
        List<LogEntry> entries = new ArrayList<>();
        bySource.forEach((source, quoted) -> entries.addAll(split(source, quoted)));
        return entries;
    }

    private static List<LogEntry> split(String source, List<SourceLine> quoted) {
        List<LogEntry> entries = new ArrayList<>();
        int from = 0;
        while (from < quoted.size()) {
            StringBuilder text = new StringBuilder("from ").append(source).append(':');
            int to = from;
            while (to < quoted.size() && (to == from || text.length() + quoted.get(to).text().length() < PER_ENTRY)) {
                text.append('\n').append(quoted.get(to).text());
                to++;
            }
            SeqRange seqs = quoted.subList(from, to).stream().map(line -> SeqRange.of(line.seq()))
                    .reduce(SeqRange::span).orElseThrow();
            entries.add(new LogEntry(LogEntry.Priority.MINOR, LogEntry.Kind.FACT, seqs, quoted.get(from).at(),
                    text.toString()));
            from = to;
        }
        return entries;
    }
}
