package io.mnemosyne.replay.measure;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import static io.mnemosyne.replay.measure.Count.*;

/** A ratio of counts. Sessions are put together by summing numerators and denominators, or by the median of their ratios. */
@SuppressWarnings("ImmutableEnumChecker") // its functions keep nothing
public enum Metric {
    TOKEN_REDUCTION(counts -> counts.get(FULL_CHARS) - counts.get(PROMPT_CHARS), of(FULL_CHARS)),
    COST_RATIO(Prices::prompts, Prices::fullHistory),
    /** With the calls of helping models. */
    NET_COST_RATIO(Prices::net, Prices::fullHistory),
    /** Share of sessions that cost more than the full history. */
    DEARER_SESSIONS(of(DEARER), of(PRICED)),
    DEARER_SESSIONS_NET(of(DEARER_NET), of(PRICED)),
    CACHE_SHARE(of(CACHED_CHARS), of(PROMPT_CHARS)),
    PREFIX_STABILITY(of(APPENDS), of(APPEND_STEPS)),
    FAULTS_PER_EVICTION(Metric::faults, Metric::gone),
    FAULTS_PER_READ_EVICTION(Metric::faults, of(READ_RESULTS_GONE)),
    EXPLICIT_PER_EVICTION(of(FAULT_EXPLICIT), Metric::gone),
    FAULTS_PER_READ(Metric::faults, of(READS)),
    EXPLICIT_PER_READ(of(FAULT_EXPLICIT), of(READS)),
    SUPPORT(of(ACTION_HIT), of(ACTION)),
    SUPPORT_LONG(of(ACTION_LONG_HIT), of(ACTION_LONG)),
    SUPPORT_LONG_CTX(of(ACTION_LONG_CTX_HIT), of(ACTION_LONG_CTX)),
    REPLY_SUPPORT(of(REPLY_HIT), of(REPLY)),
    REPLY_SUPPORT_LONG(of(REPLY_LONG_HIT), of(REPLY_LONG)),
    NOVEL_PRESENT(of(NOVEL_HIT), of(NOVEL)),
    UNCOVERED(of(Count.UNCOVERED), of(EVENT_STEPS)),
    CLAIMED(of(Count.CLAIMED), of(EVENT_STEPS)),
    USER_RETENTION(of(USER_HIT), of(USER)),
    USER_RETENTION_TOKENS(of(USER_CHARS_HIT), of(USER_CHARS)),
    FIRST_USER_RETENTION(of(FIRST_USER_HIT), of(FIRST_USER)),
    RETENTION_ERROR_LINES(of(ERROR_LINES_HIT), of(ERROR_LINES)),
    RETENTION_DECISIONS(of(DECISIONS_HIT), of(DECISIONS)),
    RETENTION_NUMBERS(of(NUMBERS_HIT), of(NUMBERS)),
    RETENTION_PATHS(of(PATHS_HIT), of(PATHS)),
    /** How often an average token is sent if the full history is. */
    AMPLIFICATION(of(RESENT_CHARS), of(EVENT_CHARS)),
    TOOL_RESULT_SHARE(of(TOOL_RESULT_CHARS), of(EVENT_CHARS)),
    /** Share of tool results that nothing later refers to. */
    STRUCTURAL_WASTE(of(UNREFERENCED_CHARS), of(TOOL_RESULT_CHARS)),
    REPEAT_READ_SHARE(of(REPEAT_READS), of(READ_CALLS));

    private final ToDoubleFunction<Counts> numerator;
    private final ToDoubleFunction<Counts> denominator;

    Metric(ToDoubleFunction<Counts> numerator, ToDoubleFunction<Counts> denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** The name in a JSON report. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The ratio; empty if there is nothing to divide by. */
    public OptionalDouble of(Counts counts) {
        double divisor = denominator(counts);
        return divisor == 0 ? OptionalDouble.empty() : OptionalDouble.of(numerator(counts) / divisor);
    }

    double numerator(Counts counts) {
        return numerator.applyAsDouble(counts);
    }

    double denominator(Counts counts) {
        return denominator.applyAsDouble(counts);
    }

    private static ToDoubleFunction<Counts> of(Count count) {
        return counts -> counts.get(count);
    }

    private static double faults(Counts counts) {
        return counts.get(FAULT_EXPLICIT) + counts.get(FAULT_CHANGED) + counts.get(FAULT_OTHER_RANGE);
    }

    private static double gone(Counts counts) {
        return counts.get(EVICTIONS) + counts.get(WITHHELD);
    }
}
