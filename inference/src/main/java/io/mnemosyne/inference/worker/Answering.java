package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Completion;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.completions.Completions;

/**
 * Takes one call from its pick-up to its acknowledged result: expired if its lease has passed, from the recorded calls if
 * it was answered before, else from the model within the call budget. An answer is recorded before its result is
 * written, so that whoever repeats the request after a crash does not pay again.
 *
 * <p>Threading notes: stateless; runs on the call's virtual thread, while the model runs on another one that can be left
 * behind when the budget is spent.
 */
final class Answering {
    private static final Logger LOGGER = LoggerFactory.getLogger(Answering.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_REASON = 300;

    private final Completions completions;
    private final Producer<String, byte[]> producer;
    private final Duration budget;
    private final InstantSource clock;
    private final Counts counts;

    Answering(Completions completions, Producer<String, byte[]> producer, Duration budget, InstantSource clock,
            Counts counts) {
        this.completions = completions;
        this.producer = producer;
        this.budget = budget;
        this.clock = clock;
        this.counts = counts;
    }

    /**
     * Returns once the result is acknowledged, or without one if the thread was deleted.
     *
     * @param ours whether the request is still this worker's to commit; if not, the call is not recorded
     */
    void answer(Call call, BooleanSupplier ours) throws InterruptedException {
        if (isForgotten(call)) {
            return;
        }
        Reply reply = reply(call);
        if (reply.completion().isPresent()) {
            completions.record(reply.completion().get(), ours);
        }
        if (!isForgotten(call)) {
            deliver(call, reply);
        }
    }

    private boolean isForgotten(Call call) {
        boolean forgotten = completions.isForgotten(call.thread(), call.incarnation());
        if (forgotten) {
            counts.raise("call.forgotten");
        }
        return forgotten;
    }

    private Reply reply(Call call) throws InterruptedException {
        if (clock.instant().isAfter(call.leaseUntil())) {
            counts.raise("call.expired");
            return call.expired();
        }
        Optional<Reply> recorded = completions.find(call.thread(), call.requestHash()).map(Completion::response)
                .flatMap(response -> parse(call, response));
        if (recorded.isPresent()) {
            counts.raise("call.recorded");
            return recorded.get();
        }
        return ask(call);
    }

    private Optional<Reply> parse(Call call, String response) {
        try {
            return Optional.of(call.recorded(response));
        } catch (RuntimeException unreadable) {
            warn(call, "call.unreadable", unreadable, "A recorded call cannot be read; it is made again");
            return Optional.empty();
        }
    }

    private Reply ask(Call call) throws InterruptedException {
        FutureTask<Reply> task = new FutureTask<>(() -> call.ask(Deadline.in(budget)));
        Thread thread = Thread.ofVirtual().name("model-" + call.requestId()).start(task);
        try {
            Reply reply = task.get(budget.toMillis(), TimeUnit.MILLISECONDS);
            counts.raise("call.answered");
            return reply;
        } catch (TimeoutException e) {
            thread.interrupt();
            warn(call, "call.timeout", e, "A call took longer than its budget");
            return call.failed("no answer within " + budget.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            warn(call, "call.failed", cause, "A call failed");
            String reason = cause.toString();
            return call.failed(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    /** Tries until the broker has it: a request without a result would hold its thread up until the lease passes. */
    private void deliver(Call call, Reply reply) throws InterruptedException {
        Reply next = reply;
        while (true) {
            try {
                producer.send(next.result()).get();
                return;
            } catch (ExecutionException | RuntimeException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                boolean tooLarge = cause instanceof RecordTooLargeException || e instanceof RecordTooLargeException;
                warn(call, tooLarge ? "result.too-large" : "result.retried", cause, "A result could not be written");
                next = tooLarge ? call.failed("the answer was larger than a record may be") : next;
                Thread.sleep(PAUSE);
            }
        }
    }

    private void warn(Call call, String counter, Throwable cause, String message) {
        counts.raise(counter);
        LOGGER.atWarn().addKeyValue("thread", call.thread()).addKeyValue("requestId", call.requestId())
                .addKeyValue("stage", call.stage()).addKeyValue("error", cause.getClass().getName()).log(message);
    }
}
