package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/**
 * Asks its links in order until one answers, all within one deadline. A model that is followed by another gets 60 % of
 * what is left, and 2 s are kept for the extractor if it comes last. Who answers in another's stead is told why, and its
 * answer's provenance says so. Thread-safe.
 */
public final class Chain<Q extends ModelRequest, O> implements Model<Q, O> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Chain.class);
    private static final double SHARE = 0.6;
    /** The extractor needs up to a second for the largest requests. */
    private static final Duration KEPT_FOR_EXTRACTOR = Duration.ofSeconds(2);
    /** No model answers in less; the call would be paid in vain. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(1);
    private static final int LONGEST_REASON = 200;

    private final List<Link<Q, O>> links;
    private final Counts counts;

    /** One of those that are asked. */
    public record Link<Q extends ModelRequest, O>(ModelId id, Model<Q, O> model) {
        boolean isExtractor() {
            return id.equals(ModelId.OFFLINE);
        }
    }

    /** @param links at least one */
    public Chain(List<Link<Q, O>> links, Counts counts) {
        if (links.isEmpty()) {
            throw new IllegalArgumentException("a chain needs at least one link");
        }
        this.links = List.copyOf(links);
        this.counts = counts;
    }

    @Override
    public ModelName nameFor(Q request) {
        return links.getFirst().model().nameFor(request);
    }

    @Override
    public O answer(Q request, CallContext context) throws ModelException, InterruptedException {
        List<String> reasons = new ArrayList<>(context.insteadOf().stream().toList());
        boolean retryable = false;
        for (int i = 0; i < links.size(); i++) {
            Link<Q, O> link = links.get(i);
            Deadline deadline = context.deadline().within(share(i, context.deadline().left()));
            if (!link.isExtractor() && deadline.left().compareTo(LEAST_TIME) < 0) {
                counts.raise("chain.no-time");
                reasons.add(link.id() + ": not asked, no time was left");
                retryable = true;
                continue;
            }
            try {
                O answer = link.model().answer(request, new CallContext(deadline, joined(reasons), context.before()));
                count(i, link);
                return answer;
            } catch (ModelException e) {
                reasons.add(reason(link, String.valueOf(e.getMessage())));
                retryable |= e.isRetryable();
            } catch (RuntimeException e) {
                warnOf(link, request, e);
                reasons.add(reason(link, "broke by " + e.getClass().getSimpleName()));
                retryable = true;
            }
        }
        counts.raise("chain.failed");
        throw new ModelException(String.join("; ", reasons), retryable);
    }

    private Duration share(int index, Duration left) {
        List<Link<Q, O>> rest = links.subList(index + 1, links.size());
        Duration kept = rest.stream().anyMatch(Link::isExtractor) ? left.minus(KEPT_FOR_EXTRACTOR) : left;
        return rest.stream().allMatch(Link::isExtractor)
                ? kept
                : Duration.ofNanos(Math.round(kept.toNanos() * SHARE));
    }

    /** Without the exception's message, which may quote what was asked. */
    private void warnOf(Link<Q, O> link, Q request, RuntimeException broken) {
        StackTraceElement[] trace = broken.getStackTrace();
        LOGGER.atWarn().addKeyValue("model", link.id()).addKeyValue("thread", request.thread())
                .addKeyValue("requestId", request.requestId()).addKeyValue("error", broken.getClass().getName())
                .addKeyValue("at", trace.length == 0 ? "" : trace[0]).log("A model broke");
    }

    private static Optional<String> joined(List<String> reasons) {
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private static String reason(Link<?, ?> link, String message) {
        String reason = link.id() + ": " + message;
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private void count(int index, Link<Q, O> link) {
        if (index > 0) {
            counts.raise(link.isExtractor() ? "chain.extractor" : "chain.fallback");
        }
    }
}
