package io.mnemosyne.replay.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.inference.completions.OutcomeJson;
import io.mnemosyne.inference.completions.RequestHash;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.HelperCall;
import io.mnemosyne.replay.machines.Answers;
import io.mnemosyne.replay.recording.Characters;

/**
 * Answers the requests of one session: as they were answered before, else by asking the models. Every call is noted, also
 * one that was paid for earlier, because the session would cost it.
 */
final class ModelAnswers implements Answers {
    private static final double CHARS_PER_TOKEN = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String session;
    private final Models models;
    private final RecordedCalls recorded;
    private final List<HelperCall> calls = new ArrayList<>();
    private int newest = -1;

    ModelAnswers(String session, Models models, RecordedCalls recorded) {
        this.session = session;
        this.models = models;
        this.recorded = recorded;
    }

    /** Calls from now on are made with this event as the newest. */
    void reach(int event) {
        newest = event;
    }

    List<HelperCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ObservationResult.Outcome observe(ObservationRequest request) {
        String hash = RequestHash.of(request, models.observer().nameFor(request));
        ObservationResult.Outcome outcome = recorded.find(session, hash).map(OutcomeJson::observation)
                .orElseGet(() -> ask(models.observer(), request, hash, ObservationResult.Failed::new));
        long read = Characters.count(request.priorMemory()) + request.turns().stream()
                .flatMap(turn -> turn.parts().stream()).mapToLong(part -> Characters.count(part.content().shown()))
                .sum();
        switch (outcome) {
            case ObservationResult.Observed observed ->
                note("observer", observed.provenance(), hash, outcome, read, written(observed.entries()));
            case ObservationResult.Nothing nothing -> note("observer", nothing.provenance(), hash, outcome, read, 0);
            case ObservationResult.Failed _,ObservationResult.Expired _,ObservationResult.Idle _ -> {
                // Nobody is known to have written anything.
            }
        }
        return outcome;
    }

    @Override
    public ReflectionResult.Outcome reflect(ReflectionRequest request) {
        String hash = RequestHash.of(request, models.reflector().nameFor(request));
        ReflectionResult.Outcome outcome = recorded.find(session, hash).map(OutcomeJson::reflection)
                .orElseGet(() -> ask(models.reflector(), request, hash, ReflectionResult.Failed::new));
        if (outcome instanceof ReflectionResult.Reflected reflected) {
            long read = request.segments().stream().mapToLong(segment -> Characters.count(SegmentText.of(segment)))
                    .sum() + Characters.count(OutcomeJson.write(request.previous()));
            note("reflector", reflected.provenance(), hash, outcome, read,
                    written(reflected.entries()) + Characters.count(OutcomeJson.write(reflected.state())));
        }
        return outcome;
    }

    @Override
    public SummaryResult.Outcome summarize(SummaryRequest request) {
        String hash = RequestHash.of(request, models.summarizer().nameFor(request));
        SummaryResult.Outcome outcome = recorded.find(session, hash).map(OutcomeJson::summary)
                .orElseGet(() -> ask(models.summarizer(), request, hash, SummaryResult.Failed::new));
        if (outcome instanceof SummaryResult.Summarized summarized) {
            note("summarizer", summarized.provenance(), hash, outcome,
                    Characters.count(request.content().shown()), Characters.count(summarized.text())
                            + summarized.losses().stream().mapToLong(Characters::count).sum());
        }
        return outcome;
    }

    /** Asks a model as a worker does: what it throws unforeseen is a failure that may be tried again. */
    private <Q extends ModelRequest, O> O ask(Model<Q, O> model, Q request, String hash,
            BiFunction<String, Boolean, ? extends O> failed) {
        O outcome;
        try {
            outcome = model.answer(request, CallContext.within(PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a model was asked");
        } catch (ModelException e) {
            return failed.apply(String.valueOf(e.getMessage()), e.isRetryable());
        } catch (RuntimeException e) {
            return failed.apply(e.toString(), true);
        }
        recorded.keep(session, hash, OutcomeJson.write(outcome));
        return outcome;
    }

    private void note(String stage, Provenance by, String hash, Object outcome, long read, long written) {
        boolean billed = by.inputTokens() > 0;
        calls.add(new HelperCall(newest, stage, by.provider() + "/" + by.model(), hash, OutcomeJson.write(outcome),
                billed ? by.inputTokens() : tokens(read), billed ? by.outputTokens() : tokens(written), by.micros(),
                by.insteadOf()));
    }

    private static long written(List<LogEntry> entries) {
        return entries.stream().mapToLong(entry -> Characters.count(entry.text())).sum();
    }

    private static long tokens(long characters) {
        return Math.round(characters / CHARS_PER_TOKEN);
    }
}
