package io.mnemosyne.replay.admission;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.replay.admission.CutSession.Piece;
import io.mnemosyne.replay.recording.Recording;

/** What admission turns down in recorded sessions at each of some thresholds. Add the sessions, then ask. */
public final class AdmissionCurve {
    private final List<AdmissionRules> thresholds;
    private final int newest;
    private final TokenCounter counter;
    private final Map<Integer, Turned> turnedDown = new TreeMap<>();
    private final Map<String, List<Long>> sizes = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<Long> nanos = new ArrayList<>();

    /**
     * One point of the curve.
     *
     * @param threshold score from which on objects are admitted
     * @param results what became of tool results
     * @param all what became of all objects
     */
    public record Point(double threshold, Share results, Share all) {
    }

    /**
     * What became of objects.
     *
     * @param objects of them
     * @param rejected of them
     * @param tokens of all of them
     * @param rejectedTokens of the rejected ones
     * @param readAgain rejected ones that were read again while nothing else said the same
     * @param named rejected ones that alone held a name that an action needed, and were not read again
     */
    public record Share(int objects, int rejected, long tokens, long rejectedTokens, int readAgain, int named) {
    }

    /**
     * A curve without sessions.
     *
     * @param thresholds of the points, 0 to 1
     * @param newest so many events before an action are at hand whatever admission says
     */
    public AdmissionCurve(List<Double> thresholds, int newest, TokenCounter counter) {
        this.newest = newest;
        this.thresholds = thresholds.stream().map(AdmissionRules.DEFAULT::withThreshold).toList();
        this.counter = counter;
    }

    /**
     * Adds a recorded session.
     *
     * @param id {@code folder/file-stem}
     */
    public void add(String id, List<RawTurn> turns) {
        Recording recording = Recording.of(id, turns);
        CutSession session = CutSession.of(new ThreadKey("bench", "session"), turns, counter);
        Needs needs = Needs.of(recording, newest);
        nanos.addAll(session.nanos());
        for (Piece piece : session.objects()) {
            sizes.computeIfAbsent(recording.source(), _ -> new ArrayList<>()).add(piece.object().tokens());
            if (piece.isResult() && !piece.object().admission().admitted()) {
                reasons.merge(piece.object().admission().reason(), 1, Integer::sum);
            }
        }
        for (int i = 0; i < thresholds.size(); i++) {
            turnedDown.computeIfAbsent(i, _ -> new Turned()).add(session, needs, thresholds.get(i));
        }
    }

    public List<Point> points() {
        return turnedDown.entrySet().stream().map(entry -> new Point(thresholds.get(entry.getKey()).threshold(),
                entry.getValue().results.share(), entry.getValue().all.share())).toList();
    }

    /** Tokens of each object, by the folder of its session. */
    public Map<String, long[]> sizes() {
        Map<String, long[]> sorted = new TreeMap<>();
        sizes.forEach((source, tokens) -> sorted.put(source, sorted(tokens)));
        return sorted;
    }

    /** How many tool results are turned down under the standard rules, by reason. */
    public Map<String, Integer> reasons() {
        return new TreeMap<>(reasons);
    }

    /** What processor time cutting each turn took, nanoseconds, ascending. */
    public long[] cutting() {
        return sorted(nanos);
    }

    private static long[] sorted(List<Long> numbers) {
        long[] sorted = numbers.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** What one threshold turns down. */
    private static final class Turned {
        private final Tally results = new Tally();
        private final Tally all = new Tally();

        void add(CutSession session, Needs needs, AdmissionRules rules) {
            Map<Integer, Piece> rejected = new HashMap<>();
            BitSet admitted = new BitSet();
            for (Piece piece : session.objects()) {
                if (piece.isRejectedBelow(rules)) {
                    rejected.put(piece.event(), piece);
                } else {
                    admitted.set(piece.event());
                }
            }
            Set<Integer> readAgain = missed(needs.reads(), rejected, admitted);
            Set<Integer> named = missed(needs.references(), rejected, admitted);
            named.removeAll(readAgain);
            for (Piece piece : session.objects()) {
                boolean down = rejected.containsValue(piece);
                boolean again = down && readAgain.contains(piece.event());
                boolean name = down && named.contains(piece.event());
                all.add(piece, down, again, name);
                if (piece.isResult()) {
                    results.add(piece, down, again, name);
                }
            }
        }

        /** The newest of the events that serve a need, where all of them were turned down. */
        private static Set<Integer> missed(List<BitSet> needs, Map<Integer, Piece> rejected, BitSet admitted) {
            Set<Integer> missed = new HashSet<>();
            for (BitSet need : needs) {
                int newest = need.length() - 1;
                boolean all = need.stream().allMatch(event -> rejected.containsKey(event) && !admitted.get(event));
                if (all && newest >= 0) {
                    missed.add(newest);
                }
            }
            return missed;
        }
    }

    private static final class Tally {
        private int objects;
        private int rejected;
        private long tokens;
        private long rejectedTokens;
        private int readAgain;
        private int named;

        void add(Piece piece, boolean down, boolean again, boolean name) {
            objects++;
            tokens += piece.object().tokens();
            rejected += down ? 1 : 0;
            rejectedTokens += down ? piece.object().tokens() : 0;
            readAgain += again ? 1 : 0;
            named += name ? 1 : 0;
        }

        Share share() {
            return new Share(objects, rejected, tokens, rejectedTokens, readAgain, named);
        }
    }
}
