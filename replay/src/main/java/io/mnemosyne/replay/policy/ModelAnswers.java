package io.mnemosyne.replay.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.inference.completions.OutcomeJson;
import io.mnemosyne.inference.completions.RequestHash;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.ModelName;
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
        ModelName model = models.observer().nameFor(request);
        String hash = RequestHash.of(request, model);
        ObservationResult.Outcome outcome = recorded.find(session, hash).map(OutcomeJson::observation)
                .orElseGet(() -> ask(() -> models.observer().answer(request, CallContext.within(PATIENCE)),
                        reason -> new ObservationResult.Failed(reason, true)));
        if (!(outcome instanceof ObservationResult.Failed)) {
            long read = Characters.count(request.priorMemory()) + request.turns().stream()
                    .flatMap(turn -> turn.parts().stream()).mapToLong(part -> Characters.count(part.content().shown()))
                    .sum();
            note("observer", model, hash, OutcomeJson.write(outcome), read,
                    outcome instanceof ObservationResult.Observed observed ? written(observed.entries()) : 0);
        }
        return outcome;
    }

    @Override
    public ReflectionResult.Outcome reflect(ReflectionRequest request) {
        ModelName model = models.reflector().nameFor(request);
        String hash = RequestHash.of(request, model);
        ReflectionResult.Outcome outcome = recorded.find(session, hash).map(OutcomeJson::reflection)
                .orElseGet(() -> ask(() -> models.reflector().answer(request, CallContext.within(PATIENCE)),
                        reason -> new ReflectionResult.Failed(reason, true)));
        if (outcome instanceof ReflectionResult.Reflected reflected) {
            long read = request.segments().stream().mapToLong(segment -> Characters.count(SegmentText.of(segment)))
                    .sum() + Characters.count(OutcomeJson.write(request.previous()));
            note("reflector", model, hash, OutcomeJson.write(outcome), read,
                    written(reflected.entries()) + Characters.count(OutcomeJson.write(reflected.state())));
        }
        return outcome;
    }

    /** Asks a model as a worker does: whatever it throws is a failure that may be tried again. */
    private static <O> O ask(Callable<O> model, Function<String, O> failed) {
        try {
            return model.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a model was asked");
        } catch (Exception e) {
            return failed.apply(e.toString());
        }
    }

    private void note(String stage, ModelName model, String hash, String response, long read, long written) {
        calls.add(new HelperCall(newest, stage, model.provider() + "/" + model.model(), hash, response, tokens(read),
                tokens(written)));
    }

    private static long written(List<LogEntry> entries) {
        return entries.stream().mapToLong(entry -> Characters.count(entry.text())).sum();
    }

    private static long tokens(long characters) {
        return Math.round(characters / CHARS_PER_TOKEN);
    }
}
