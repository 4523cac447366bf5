package io.mnemosyne.launcher.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.mnemosyne.core.redact.Redacted;
import io.mnemosyne.core.redact.Redactor;

/**
 * Counts what is taken out at one door, by rule and tenant. What was taken out is kept nowhere. What one door has taken
 * out the next does not find again; what is processed again after a crash is counted again.
 *
 * <p>Thread-safe.
 */
final class CountedRedactors implements Function<String, Redactor> {
    /** Each tenant that something is taken out for is a time series of each rule. */
    static final int MOST_TENANTS = 200;
    /** No tenant has this name. */
    static final String OTHER_TENANTS = "(others)";

    private final Function<String, Redactor> redactors;
    private final MeterRegistry metrics;
    private final String door;
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();

    /** @param door where credentials are taken out, such as {@code ingest} */
    CountedRedactors(Function<String, Redactor> redactors, MeterRegistry metrics, String door) {
        this.redactors = redactors;
        this.metrics = metrics;
        this.door = door;
    }

    @Override
    public Redactor apply(String tenant) {
        Redactor redactor = redactors.apply(tenant);
        return text -> {
            Redacted<String> redacted = redactor.redact(text);
            redacted.counts().forEach((rule, count) -> count(tenant, rule, count));
            return redacted;
        };
    }

    private void count(String tenant, String rule, int count) {
        Counter.builder("mnemosyne.redacted").description("Credentials that were replaced by marks")
                .tag("door", door).tag("rule", rule).tag("tenant", shown(tenant)).register(metrics).increment(count);
    }

    private String shown(String tenant) {
        return tenants.contains(tenant) || (tenants.size() < MOST_TENANTS && tenants.add(tenant))
                ? tenant
                : OTHER_TENANTS;
    }
}
