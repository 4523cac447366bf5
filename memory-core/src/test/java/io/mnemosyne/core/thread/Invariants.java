package io.mnemosyne.core.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProviderFacts;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.ReportedUsage;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewState;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of every thread at every step; the numbers are those of the design. */
final class Invariants {
    /** Below the ceiling, so that a shorter prompt is shown before the view is cut. */
    private static final double PRESSURE = 0.85;

    private Invariants() {
    }

    /** 1: every seq has exactly one base form; system turns are their own, also where a segment passes them. */
    static void everySeqHasOneBaseForm(List<Block> prompt, Set<Long> system, long head) {
        List<Long> seqs = new ArrayList<>();
        for (Block block : prompt) {
            SeqRange range = block.seqs().orElse(SeqRange.of(0));
            switch (block.kind()) {
                case SYSTEM, TURN, SUMMARY -> seqs.add(range.from());
                case OBSERVATION, REFLECTION, STUB -> LongStream.rangeClosed(range.from(), range.to())
                        .filter(seq -> !system.contains(seq)).forEach(seqs::add);
                case STATE, USER -> {
                }
            }
        }
        assertThat(seqs.stream().sorted()).as("1 coverage: every seq has exactly one base form")
                .containsExactlyElementsOf(LongStream.range(0, head).boxed().toList());
    }

    /** 1: what no segment covers is still there, and nothing else. */
    static void whatIsNotCoveredIsRaw(List<TurnFacts> raw, List<TurnFacts> uncovered) {
        assertThat(raw).as("1 coverage: the raw turns are those after the watermark").isEqualTo(uncovered);
    }

    /** 1: whoever observes a range is shown all of it. */
    static void nothingIsLeftOutOfARequest(SeqRange range, List<Rendition> shown, List<TurnFacts> turns) {
        assertThat(shown.stream().map(Rendition::seq)).as("1 coverage: a request for %s carries its turns", range)
                .containsExactlyElementsOf(turns.stream()
                        .filter(turn -> turn.role() != Role.SYSTEM && range.contains(turn.seq())).map(TurnFacts::seq)
                        .toList());
    }

    /** 2: coverage never moves back. */
    static void monotonic(long before, long after) {
        assertThat(after).as("2 monotonic: the watermark never moves back").isGreaterThanOrEqualTo(before);
    }

    /** 2: ranges are contiguous and never overlap. */
    static void segmentsFollowEachOther(Collection<SeqRange> ranges) {
        long next = 0;
        for (SeqRange range : ranges) {
            assertThat(range.from()).as("2 monotonic: segments follow each other, of %s", ranges).isEqualTo(next);
            next = range.to() + 1;
        }
    }

    /** 3: while a request is open, only a retry of it is sent. */
    static void oneInFlight(Optional<Sent> open, Sent next) {
        open.ifPresent(sent -> assertThat(next.isRetryOf(sent))
                .as("3 one in flight: %s is sent while %s is unanswered", next, sent).isTrue());
    }

    /** 3: the machine waits for the request that was sent last and is not answered. */
    static void whatIsInFlightWasSent(Optional<String> inFlight, Optional<String> sent) {
        assertThat(inFlight).as("3 one in flight: what is in flight was sent").isEqualTo(sent);
    }

    /** 5: a reflection replaces what its request named, and that is live. */
    static void namedReplacement(List<String> replaces, List<List<String>> asked, List<String> live) {
        assertThat(live).as("5 named replacement: what is replaced is live").containsAll(replaces);
        assertThat(asked).as("5 named replacement: a request named just that").contains(replaces);
    }

    /** 11: an epoch is opened only when the ceiling, a cold cache, a user or the cost rule says so. */
    static void anEpochHasItsReason(ViewEvent.EpochOpened opened, ViewState before, ViewInput input, ViewState after,
            Policy standing) {
        Policy policy = before.policy(standing);
        boolean justified = switch (opened.reason()) {
            case CEILING -> opened.tokensAfter() < opened.tokensBefore()
                    ? opened.tokensBefore() > PRESSURE * Math.min(before.ceiling(standing), after.ceiling(standing))
                            || isFull(before, input, policy)
                    : after.ceiling(standing) < before.ceiling(standing)
                            && opened.tokensBefore() > after.ceiling(standing);
            case PAYS -> opened.tokensAfter() < opened.tokensBefore();
            case CACHE_COLD -> wasQuiet(before, input, Duration.ofSeconds(policy.cachePrices().ttlSeconds()));
            case EDITED -> isEdit(before, input);
            case COOPERATIVE -> isCommand(input, Command.Kind.RELEASE);
            case COMPACT -> isCommand(input, Command.Kind.COMPACT) && opened.tokensAfter() < opened.tokensBefore();
        };
        assertThat(justified).as("11 prefix-stable: %s opened by %s", opened, input).isTrue();
        assertThat(opened.epoch()).as("11 prefix-stable: epochs are counted").isEqualTo(before.shown().epoch() + 1);
    }

    /** No record of one stage surprises another. */
    static void theJournalsHoldTogether(Optional<String> violation) {
        assertThat(violation).as("1, 2, 5: the view finds no violation in the journals").isEmpty();
    }

    /** A provider counted so much that the prompt may soon not fit. */
    private static boolean isFull(ViewState before, ViewInput input, Policy policy) {
        return before.provider().filter(ProviderFacts::full).isPresent()
                || (input instanceof ViewInput.OfTurns(var record)
                        && record.event() instanceof TurnEvent.Controlled(var command)
                        && ReportedUsage.of(command).filter(usage -> usage.inputTokens() >= policy.totalLine())
                                .isPresent());
    }

    private static boolean wasQuiet(ViewState before, ViewInput input, Duration ttl) {
        return input instanceof ViewInput.OfTurns(var record)
                && record.event() instanceof TurnEvent.Appended(var turn)
                && turn.body().origin().at().orElseThrow()
                        .isAfter(before.turns().lastAt().orElseThrow().plus(ttl));
    }

    /** A budget watch warns once in an epoch, when a window is nearly full, and of the same prompt only once. */
    static void warnsOnceWhenReached(Set<List<Long>> told, Optional<Compaction> warning, boolean answered,
            ViewState before, ViewInput input, ViewState after, Policy standing) {
        Policy policy = before.policy(standing);
        boolean counted = input.incarnation() >= before.incarnation() && input instanceof ViewInput.OfTurns(var record)
                && record.event() instanceof TurnEvent.Controlled(var command)
                && ReportedUsage.of(command).filter(usage -> usage.inputTokens() >= 0.9 * policy.window()).isPresent();
        boolean inView = after.tokensInView() >= 0.9 * after.ceiling(standing);
        List<Long> epochBefore = List.of(after.incarnation(),
                after.incarnation() == before.incarnation() ? before.shown().epoch() : 0);
        List<Long> epochAfter = List.of(after.incarnation(), after.shown().epoch());
        warning.ifPresentOrElse(found -> {
            List<Long> epoch = List.of(after.incarnation(), found.epoch().orElseThrow());
            assertThat(told).as("watch: once in an epoch").doesNotContain(epoch);
            assertThat(epoch).as("watch: in the epoch in which it was reached").isIn(epochBefore, epochAfter);
            assertThat(counted || inView).as("watch: the budget is reached").isTrue();
            assertThat(answered).as("watch: of the same prompt only once").isTrue();
        }, () -> {
            assertThat(counted && answered && !told.contains(epochBefore)).as("watch: %s was counted", input).isFalse();
            assertThat(inView && answered && !told.contains(epochAfter)).as("watch: as much is in view").isFalse();
        });
    }

    private static boolean isCommand(ViewInput input, Command.Kind kind) {
        return input instanceof ViewInput.OfTurns(var record)
                && record.event() instanceof TurnEvent.Controlled(var command) && command.kind() == kind;
    }

    private static boolean isEdit(ViewState before, ViewInput input) {
        return switch (input) {
            case ViewInput.OfTurns _ -> isCommand(input, Command.Kind.POLICY);
            case ViewInput.OfMemory(var record) -> record.event() instanceof MemoryEvent.StateChanged
                    && before.openEdits() > 0;
            case ViewInput.OfSummaries _,ViewInput.OfVectors _ -> false;
        };
    }
}
