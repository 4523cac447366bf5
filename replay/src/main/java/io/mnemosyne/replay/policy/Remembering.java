package io.mnemosyne.replay.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.HelperCall;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.PromptBlock.Kind;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.machines.Journal;
import io.mnemosyne.replay.machines.ThreadReplay;
import io.mnemosyne.replay.recording.Event;

/** {@code observational}: what this project itself would have sent. */
public final class Remembering implements ReplayPolicy {
    /** Events without a time are this far apart. */
    private static final Instant BASE = Instant.parse("2000-01-01T00:00:00Z");
    private static final String NO_NAME_CHARACTER = "[^A-Za-z0-9._:@-]";
    private static final int LONGEST_NAME = 128;

    private final Policy policy;
    private final Models models;
    private final TokenCounter counter;
    private final RecordedCalls recorded;
    private final Sequencer sequencer;

    /**
     * A policy for any number of sessions.
     *
     * @param models thread-safe
     * @param recorded is looked at before a model is asked
     */
    public Remembering(Policy policy, Models models, TokenCounter counter, RecordedCalls recorded) {
        this.policy = policy;
        this.models = models;
        this.counter = counter;
        this.recorded = recorded;
        sequencer = sequencer(counter);
    }

    /**
     * Gives the turns of every replay their place, with a key that everybody knows: the same secret gets the same mark in
     * every run, and recordings are not live.
     */
    public static Sequencer sequencer(TokenCounter counter) {
        return new Sequencer(new TenantRedactors("replay".getBytes(StandardCharsets.UTF_8)), counter);
    }

    @Override
    public Session begin(String session) {
        return begin(session, Journal.NONE);
    }

    /** As {@link #begin(String)}, heard by a journal. */
    public Session begin(String session, Journal journal) {
        return new Session(session, journal);
    }

    /** One session as a thread. */
    public final class Session implements Prompter {
        private final ThreadKey key;
        private final ModelAnswers answers;
        private final ThreadReplay replay;
        /** Index of the event that each seq was given to: an event that is refused has none. */
        private final List<Integer> eventOfSeq = new ArrayList<>();
        private Instant now = BASE;

        Session(String session, Journal journal) {
            key = keyOf(session);
            answers = new ModelAnswers(session, models, recorded);
            replay = new ThreadReplay(key, policy, sequencer, answers, counter, journal);
        }

        @Override
        public void append(Event next) {
            answers.reach(next.index());
            Instant said = next.turn().origin().at().orElse(now.plusSeconds(1));
            now = said.isBefore(now) ? now : said;
            replay.append(next.turn(), now);
            if (replay.reader().head(key).filter(head -> head.nextSeq() > eventOfSeq.size()).isPresent()) {
                eventOfSeq.add(next.index());
            }
        }

        @Override
        public List<PromptBlock> prompt() {
            return context().map(context -> context.blocks().stream().map(this::block).toList()).orElse(List.of());
        }

        /**
         * What is shown now; empty if nothing was said. Where the budget is too small for what is never cut, it is just
         * that.
         */
        public Optional<Assembly.Context> context() {
            ThreadReader reader = replay.reader();
            return reader.context(key).map(found -> switch (found.assembly()) {
                case Assembly.Context context -> context;
                case Assembly.BudgetTooSmall refusal -> (Assembly.Context) reader.context(key, refusal.needed())
                        .orElseThrow().assembly();
            });
        }

        @Override
        public List<HelperCall> helperCalls() {
            return answers.calls();
        }

        private PromptBlock block(Block block) {
            Kind kind = switch (block.kind()) {
                case SYSTEM -> Kind.SYSTEM;
                case STATE -> Kind.STATE;
                case REFLECTION -> Kind.REFLECTION;
                case OBSERVATION -> Kind.OBSERVATION;
                case USER, RESTORED -> Kind.USER;
                case SUMMARY -> Kind.SUMMARY;
                case STUB -> Kind.STUB;
                // When turns were said is told among them, and stands for none.
                case TURN, TIME -> Kind.TURN;
            };
            return PromptBlock.of(kind, block.seqs().map(this::events), block.text());
        }

        private SeqRange events(SeqRange seqs) {
            return new SeqRange(eventOfSeq.get((int) seqs.from()), eventOfSeq.get((int) seqs.to()));
        }
    }

    private static ThreadKey keyOf(String session) {
        int slash = session.indexOf('/');
        return new ThreadKey(name(session.substring(0, Math.max(0, slash))), name(session.substring(slash + 1)));
    }

    private static String name(String text) {
        String name = text.replaceAll(NO_NAME_CHARACTER, "-");
        return name.isEmpty() ? "replay" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }
}
