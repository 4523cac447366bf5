package io.mnemosyne.inference.providers.offline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.core.text.Names;

/**
 * The names of some lines as numbers, with their weights. A name weighs more if the agent or user wrote it or if it came
 * up in several turns, less if it is only a number or known already.
 */
final class NameIndex {
    private static final double WRITTEN = 2.0;
    private static final double NUMBER = 0.25;
    private static final double KNOWN = 0.3;

    private final Map<String, Mentions> mentions = new HashMap<>();
    private final int[][] namesByLine;
    private final double[] weights;

    private NameIndex(List<SourceLine> lines, String priorMemory) {
        namesByLine = new int[lines.size()][];
        for (int i = 0; i < lines.size(); i++) {
            namesByLine[i] = mentionsOf(lines.get(i));
        }
        weights = new double[mentions.size()];
        mentions.values().forEach(mention -> weights[mention.id] = mention.weight());
        for (int known : in(priorMemory)) {
            weights[known] *= KNOWN;
        }
    }

    /** @param priorMemory text whose names are known already and count less */
    static NameIndex of(List<SourceLine> lines, String priorMemory) {
        return new NameIndex(lines, priorMemory);
    }

    int size() {
        return weights.length;
    }

    double weight(int name) {
        return weights[name];
    }

    /** The distinct names of a line. */
    int[] ofLine(int line) {
        return namesByLine[line];
    }

    /** The distinct names of any text that are indexed. */
    int[] in(String text) {
        Ids ids = new Ids();
        Names.scan(text, (start, end, _) -> {
            Mentions known = mentions.get(text.substring(start, end));
            if (known != null) {
                ids.add(known.id);
            }
        });
        return ids.distinct();
    }

    private int[] mentionsOf(SourceLine line) {
        Ids ids = new Ids();
        Names.scan(line.text(), (start, end, kind) -> {
            Mentions mention = mentions.computeIfAbsent(line.text().substring(start, end),
                    _ -> new Mentions(mentions.size(), kind));
            mention.at(line);
            ids.add(mention.id);
        });
        return ids.distinct();
    }

    private static final class Ids {
        private int[] values = new int[8];
        private int count;

        void add(int id) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
            }
            values[count++] = id;
        }

        int[] distinct() {
            int[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            int distinct = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    sorted[distinct++] = sorted[i];
                }
            }
            return Arrays.copyOf(sorted, distinct);
        }
    }

    private static final class Mentions {
        private final int id;
        private final Names.Kind kind;
        private long lastSeq = -1;
        private int turns;
        private boolean written;

        Mentions(int id, Names.Kind kind) {
            this.id = id;
            this.kind = kind;
        }

        void at(SourceLine line) {
            if (line.seq() != lastSeq) {
                lastSeq = line.seq();
                turns++;
            }
            written |= line.written();
        }

        double weight() {
            double weight = (1 + Math.log(turns)) * (written ? WRITTEN : 1);
            return kind == Names.Kind.NUMBER ? weight * NUMBER : weight;
        }
    }
}
