package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SeqRange;

/**
 * Quotes the passages that together hold the most weight of names per token. A name counts once: a passage is worth the
 * names that no entry and no passage before it told. A name without words around it says little, so a line that is all
 * names is quoted with the lines that follow it.
 */
final class KeyLines {
    private static final double CHARS_PER_TOKEN = 3.2;
    private static final double LINE_COST = 3;
    private static final int PER_ENTRY = 1_600;
    /** So many plain words make it clear what is said of the names beside them. */
    private static final int ENOUGH_WORDS = 3;
    private static final int LONGEST_PASSAGE = 3;
    /** What a passage is worth that has no plain words at all. */
    private static final double BARE = 0.2;

    private final List<SourceLine> lines;
    private final NameIndex names;
    private final BitSet told;
    private final List<Passage> passages;
    private final BitSet quoted = new BitSet();

    private KeyLines(List<SourceLine> lines, NameIndex names) {
        this.lines = lines;
        this.names = names;
        told = new BitSet(names.size());
        passages = IntStream.range(0, lines.size()).mapToObj(this::passageFrom).toList();
    }

    /**
     * A run of lines of one text.
     *
     * @param to index of its last line
     * @param context 1 if its names have enough words around them, less if they have not
     */
    private record Passage(int from, int to, double context) {
    }

    private Passage passageFrom(int from) {
        Set<String> words = new HashSet<>(lines.get(from).plainWords());
        int to = from;
        while (words.size() < ENOUGH_WORDS && to + 1 < lines.size() && to + 1 - from < LONGEST_PASSAGE
                && lines.get(to + 1).isOfSameText(lines.get(from))) {
            to++;
            words.addAll(lines.get(to).plainWords());
        }
        return new Passage(from, to,
                BARE + (1 - BARE) * Math.min(ENOUGH_WORDS, words.size()) / ENOUGH_WORDS);
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

    private record Bid(Passage passage, double worth) {
        /** The worthiest first, of equal ones the newest. */
        static final Comparator<Bid> ORDER = Comparator.comparingDouble((Bid bid) -> -bid.worth())
                .thenComparingInt(bid -> -bid.passage().from());
    }

    /** Lazy greedy choice: worth mostly falls as names get told, so a stale bid is renewed before it can win. */
    private List<Integer> greedy(long budget) {
        PriorityQueue<Bid> bids = new PriorityQueue<>(Bid.ORDER);
        passages.forEach(passage -> bid(bids, passage));
        Set<String> sources = new HashSet<>();
        double room = budget;
        while (!bids.isEmpty() && room > LINE_COST * 4) {
            Bid bid = bids.remove();
            Passage passage = bid.passage();
            if (worth(passage) < bid.worth()) {
                bid(bids, passage);
                continue;
            }
            SourceLine first = lines.get(passage.from());
            double cost = cost(passage) + (sources.contains(first.source()) ? 0 : headCost(first));
            if (cost <= room) {
                room -= cost;
                sources.add(first.source());
                quoted.set(passage.from(), passage.to() + 1);
                linesOf(passage).forEach(line -> tell(names.ofLine(line)));
            }
        }
        return quoted.stream().boxed().toList();
    }

    private void bid(PriorityQueue<Bid> bids, Passage passage) {
        double worth = worth(passage);
        if (worth > 0) {
            bids.add(new Bid(passage, worth));
        }
    }

    private double worth(Passage passage) {
        double gain = linesOf(passage).flatMap(line -> Arrays.stream(names.ofLine(line))).distinct()
                .filter(name -> !told.get(name)).mapToDouble(names::weight).sum();
        return gain == 0 ? 0 : gain * passage.context() / cost(passage);
    }

    private double cost(Passage passage) {
        return linesOf(passage).filter(line -> !quoted.get(line)).mapToDouble(line -> cost(lines.get(line))).sum();
    }

    private static IntStream linesOf(Passage passage) {
        return IntStream.rangeClosed(passage.from(), passage.to());
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
