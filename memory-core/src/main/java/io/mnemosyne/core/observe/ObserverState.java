package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.ProviderFacts;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnFacts;

/**
 * What the observer knows of one thread.
 *
 * @param nextSeq seq of the turn expected next
 * @param watermark seq up to which segments cover the thread, -1 if none does
 * @param uncovered turns after the watermark, oldest first, system turns left out; very many are {@link Condensed}
 * @param lastTurnAt when the newest turn came in
 * @param policy what commands changed of it for this thread alone
 * @param chunks what has been observed ahead
 * @param provider what is known of the agent's provider
 */
public record ObserverState(ThreadKey thread, long incarnation, long nextSeq, long watermark, List<TurnFacts> uncovered,
        Optional<InFlight> inFlight, Optional<Instant> lastTurnAt, Optional<PolicyChange> policy, Chunks chunks,
        Optional<ProviderFacts> provider) {
    public ObserverState {
        uncovered = List.copyOf(uncovered);
    }

    /**
     * The bulky part of the state, which changes with answers and not with turns.
     *
     * @param buffered segments that are not in the memory yet: contiguous, the first one after the watermark
     * @param priorMemory the end of what was observed so far, as text
     */
    public record Chunks(List<Segment> buffered, String priorMemory) {
        public static final Chunks NONE = new Chunks(List.of(), "");

        public Chunks {
            buffered = List.copyOf(buffered);
        }
    }

    public static ObserverState fresh(ThreadKey thread, long incarnation) {
        return new ObserverState(thread, incarnation, 0, -1, List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Chunks.NONE, Optional.empty());
    }

    /** Tokens after the watermark; system turns do not count. */
    public long uncoveredTokens() {
        return tokensAfter(watermark);
    }

    /** Seq up to which the thread is covered or observed ahead. */
    public long observedThrough() {
        return chunks.buffered().isEmpty() ? watermark : chunks.buffered().getLast().range().to();
    }

    /** Turns that nothing observed yet; those of the request in flight are among them. */
    List<TurnFacts> unobserved() {
        long through = observedThrough();
        return uncovered.stream().dropWhile(turn -> turn.seq() <= through).toList();
    }

    long tokensAfter(long seq) {
        return uncovered.stream().dropWhile(turn -> turn.seq() <= seq).mapToLong(TurnFacts::tokens).sum();
    }

    boolean isQuiet(Policy governing, Instant at) {
        return quietAt(governing).filter(quiet -> !quiet.isAfter(at)).isPresent();
    }

    /** When the provider's cache is cold if no turn comes, so that rewriting the prompt costs nothing more. */
    Optional<Instant> quietAt(Policy governing) {
        return lastTurnAt.map(last -> last.plusSeconds(governing.cachePrices().ttlSeconds()));
    }

    ObserverState append(TurnFacts turn, Instant at) {
        return new ObserverState(thread, incarnation, turn.seq() + 1, watermark,
                Condensed.of(plus(uncovered, turn), rangeEnds()), inFlight, Optional.of(at), policy, chunks,
                provider);
    }

    /** Where the ranges end that coverage may advance to. */
    private Set<Long> rangeEnds() {
        return Stream.concat(chunks.buffered().stream().map(Segment::range), inFlight.map(InFlight::range).stream())
                .map(SeqRange::to).collect(Collectors.toSet());
    }

    /** A system turn only takes its number. */
    ObserverState pass(TurnFacts turn, Instant at) {
        return new ObserverState(thread, incarnation, turn.seq() + 1, watermark, uncovered, inFlight, Optional.of(at),
                policy, chunks, provider);
    }

    ObserverState await(InFlight request) {
        return new ObserverState(thread, incarnation, nextSeq, watermark, uncovered, Optional.of(request), lastTurnAt,
                policy, chunks, provider);
    }

    ObserverState governedBy(PolicyChange change) {
        return new ObserverState(thread, incarnation, nextSeq, watermark, uncovered, inFlight, lastTurnAt,
                Optional.of(change), chunks, provider);
    }

    /** The request in flight is answered. */
    ObserverState buffer(Segment segment, String priorMemory) {
        return new ObserverState(thread, incarnation, nextSeq, watermark, uncovered, Optional.empty(), lastTurnAt,
                policy, new Chunks(plus(chunks.buffered(), segment), priorMemory), provider);
    }

    /** The oldest buffered chunks are in the memory. */
    ObserverState activate(int count) {
        long through = chunks.buffered().get(count - 1).range().to();
        return new ObserverState(thread, incarnation, nextSeq, through,
                uncovered.stream().dropWhile(turn -> turn.seq() <= through).toList(), inFlight, lastTurnAt, policy,
                new Chunks(chunks.buffered().subList(count, chunks.buffered().size()), chunks.priorMemory()), provider);
    }

    public ObserverState withChunks(Chunks other) {
        return new ObserverState(thread, incarnation, nextSeq, watermark, uncovered, inFlight, lastTurnAt, policy,
                other, provider);
    }

    ProviderFacts providerFacts() {
        return provider.orElse(ProviderFacts.NONE);
    }

    /** Whether the agent's last prompt was so large that memory is made ahead of its threshold. */
    boolean pressed() {
        return providerFacts().full();
    }

    ObserverState with(ProviderFacts facts) {
        return new ObserverState(thread, incarnation, nextSeq, watermark, uncovered, inFlight, lastTurnAt, policy,
                chunks, Optional.of(facts));
    }

    private static <T> List<T> plus(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
