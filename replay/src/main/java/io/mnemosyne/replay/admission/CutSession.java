package io.mnemosyne.replay.admission;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.segment.Cut;
import io.mnemosyne.core.segment.Cutter;
import io.mnemosyne.core.segment.EarlierObjects;
import io.mnemosyne.core.segment.Recent;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * The objects of a recorded session, cut as ingest does it.
 *
 * @param objects in their order
 * @param nanos what processor time cutting took, for each turn
 */
record CutSession(List<Piece> objects, List<Long> nanos) {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    CutSession {
        objects = List.copyOf(objects);
        nanos = List.copyOf(nanos);
    }

    /** An object with the event that it was cut from. */
    record Piece(int event, Role role, SemanticObject object) {

        boolean isResult() {
            return role == Role.TOOL;
        }

        /** Whether it would be turned down under another threshold. */
        boolean isRejectedBelow(AdmissionRules rules) {
            return !rules.admits(object.admission(), role == Role.USER);
        }
    }

    static CutSession of(ThreadKey thread, List<RawTurn> turns, TokenCounter counter) {
        List<Piece> objects = new ArrayList<>();
        List<Long> nanos = new ArrayList<>();
        Facts facts = new Facts();
        Recent recent = Recent.NOTHING;
        for (int event = 0; event < turns.size(); event++) {
            RawTurn turn = turns.get(event);
            List<Long> tokens = turn.parts().stream().map(part -> tokens(turn, part, counter)).toList();
            long start = CLOCK.getCurrentThreadCpuTime();
            Cut cut = Cutter.cut(thread, 0, event, turn, tokens, recent, facts, AdmissionRules.DEFAULT);
            nanos.add(CLOCK.getCurrentThreadCpuTime() - start);
            recent = cut.recent();
            facts.learn(cut);
            for (SemanticObject object : cut.objects()) {
                objects.add(new Piece(event, turn.role(), object));
            }
        }
        return new CutSession(objects, nanos);
    }

    private static long tokens(RawTurn turn, Part part, TokenCounter counter) {
        return counter.count(turn.withParts(List.of(part))) - TokenCounter.MESSAGE_OVERHEAD;
    }

    private static final class Facts implements EarlierObjects {
        private final Map<String, String> contents = new HashMap<>();
        private final Map<String, String> files = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();

        void learn(Cut cut) {
            contents.putAll(cut.contents());
            files.putAll(cut.files());
            names.putAll(cut.names());
        }

        @Override
        public Optional<String> withContent(String contentHash) {
            return Optional.ofNullable(contents.get(contentHash));
        }

        @Override
        public Optional<String> ofFile(String path) {
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public Optional<String> ofName(String name) {
            return Optional.ofNullable(names.get(name));
        }
    }
}
