package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.time.Instant;
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

import io.mnemosyne.core.Begun;
import io.mnemosyne.core.Completion;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.completions.Completions;
import io.mnemosyne.inference.completions.CompletionsMode;

/**
 * Takes one call from its pick-up to its acknowledged result: expired if its lease has passed, from the recorded calls if
 * it was answered before, else from the model within the call budget. That a call which may cost something begins is
 * noted before it is made, and an answer is recorded before its result is written; so whoever repeats the request after
 * a crash does not pay again, or knows that it may.
 *
 * <p>Threading notes: any thread may call it; runs on the call's virtual thread, while the model runs on another one that
 * can be left behind when the call budget is spent.
 */
final class Answering {
    private static final Logger LOGGER = LoggerFactory.getLogger(Answering.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** The part of its budget, 5 s of 60, for which a call waits until the broker has noted that it begins. */
    private static final int NOTING = 12;
    private static final int LONGEST_REASON = 300;

    private final Completions completions;
    private final CompletionsMode mode;
    private final UnderWay underWay;
    private final Producer<String, byte[]> producer;
    private final Duration budget;
    private final InstantSource clock;
    private final Counts counts;
    private final CallSpans spans;

    Answering(Completions completions, CompletionsMode mode, Producer<String, byte[]> producer, Duration budget,
            InstantSource clock, Counts counts, CallSpans spans) {
        this.completions = completions;
        this.mode = mode;
        this.producer = producer;
        this.budget = budget;
        this.clock = clock;
        this.counts = counts;
        this.spans = spans;
        this.underWay = new UnderWay(counts);
    }

    /**
     * Returns once the result is acknowledged, or without one if the thread was deleted or the request is not this
     * worker's any more.
     *
     * @param ours whether the request is still this worker's to commit; if not, the call is not recorded
     */
    void answer(Call call, BooleanSupplier ours) throws InterruptedException {
        Deadline deadline = Deadline.in(budget);
        if (!ours.getAsBoolean()) {
            counts.raise("call.stale");
            return;
        }
        if (isForgotten(call)) {
            return;
        }
        Instant from = clock.instant();
        Reply reply = reply(call, deadline, ours);
        if (!isForgotten(call)) {
            Reply delivered = deliver(call, reply);
            spans.tell(call, delivered, from, clock.instant());
        }
    }

    private boolean isForgotten(Call call) {
        boolean forgotten = completions.isForgotten(call.thread(), call.incarnation());
        if (forgotten) {
            counts.raise("call.forgotten");
        }
        return forgotten;
    }

    private Reply reply(Call call, Deadline deadline, BooleanSupplier ours) throws InterruptedException {
        if (clock.instant().isAfter(call.leaseUntil())) {
            counts.raise("call.expired");
            return call.expired();
        }
        Begun begun = call.begun();
        if (mode == CompletionsMode.STUB) {
            return ask(call, begun, deadline, BeforeCall.NOTHING);
        }
        try (UnderWay.Turn turn = underWay.begin(call.thread().row(begun.requestHash()))) {
            return reply(call, begun, turn, deadline, ours);
        }
    }

    private Reply reply(Call call, Begun begun, UnderWay.Turn turn, Deadline deadline, BooleanSupplier ours)
            throws InterruptedException {
        Optional<CompletionRow> newest = completions.find(call.thread(), begun.requestHash());
        Optional<Reply> recorded = newest.flatMap(row -> recorded(call, row));
        if (recorded.isEmpty() && turn.heard().isPresent()) {
            // Made for the same request when it was not this worker's to record.
            completions.record(turn.heard().get(), ours);
            recorded = recorded(call, turn.heard().get());
        }
        if (recorded.isPresent()) {
            counts.raise("call.recorded");
            return recorded.get();
        }
        if (mode == CompletionsMode.REPLAY_STRICT) {
            return notRecorded(call, begun.requestHash());
        }
        Reply reply = make(call, begun, newest, deadline, ours);
        reply.completion().ifPresent(turn::tell);
        return reply;
    }

    private Optional<Reply> recorded(Call call, CompletionRow row) {
        if (!(row instanceof Completion completion)) {
            return Optional.empty();
        }
        try {
            return Optional.of(call.recorded(completion.response()));
        } catch (RuntimeException unreadable) {
            warn(call, "call.unreadable", unreadable, "A recorded call cannot be read; it is made again");
            return Optional.empty();
        }
    }

    private Reply notRecorded(Call call, String hash) {
        counts.raise("call.not-recorded");
        return completions.isRestored(call.thread())
                ? call.failed("no recorded call has the hash " + hash + " and the mode replay-strict makes none: "
                        + "choose replay-or-call, or bring the completions of the run that is replayed", false)
                : call.failed("the recorded calls are not read yet", true);
    }

    /** Makes a call, and sees to it that the record says how it ended, or at least that it began. */
    private Reply make(Call call, Begun begun, Optional<CompletionRow> newest, Deadline deadline, BooleanSupplier ours)
            throws InterruptedException {
        if (deadline.isPassed()) {
            counts.raise("call.timeout");
            return call.failed("the recorded calls were not read in time", true);
        }
        var note = new BeginNote(begun, newest, ours, budget.dividedBy(NOTING), completions, counts);
        Reply reply = ask(call, begun, deadline, note);
        if (reply.completion().isPresent()) {
            completions.record(reply.completion().get(), ours);
        } else {
            note.withdraw();
        }
        return reply;
    }

    private Reply ask(Call call, Begun begun, Deadline deadline, BeforeCall before) throws InterruptedException {
        FutureTask<Reply> task = new FutureTask<>(() -> call.ask(deadline, begun.requestHash(), before));
        Thread thread = Thread.ofVirtual().name("model-" + call.requestId()).start(task);
        try {
            Reply reply = task.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            reply.completion().ifPresentOrElse(this::answered, () -> counts.raise("call.failed"));
            return reply;
        } catch (TimeoutException e) {
            thread.interrupt();
            warn(call, "call.timeout", e, "A call took longer than its budget");
            return call.failed("no answer within " + budget.toSeconds() + " s", true);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            warn(call, "call.failed", cause, "A call failed");
            String reason = cause.toString();
            return call.failed(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), true);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    private void answered(Completion completion) {
        counts.raise("call.answered");
        if (completion.provenance().insteadOf().isPresent()) {
            counts.raise("call.fallback");
        }
    }

    /** Tries until the broker has it: a request without a result would hold its thread up until the lease passes. */
    private Reply deliver(Call call, Reply reply) throws InterruptedException {
        Reply next = reply;
        while (true) {
            try {
                producer.send(next.result()).get();
                return next;
            } catch (ExecutionException | RuntimeException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                boolean tooLarge = cause instanceof RecordTooLargeException || e instanceof RecordTooLargeException;
                warn(call, tooLarge ? "result.too-large" : "result.retried", cause, "A result could not be written");
                next = tooLarge ? call.failed("the answer was larger than a record may be", true) : next;
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
