package io.mnemosyne.inference.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/** Answers that there is nothing to note, unless told to wait or to fail. */
final class ScriptedModel implements Model<ObservationRequest, ObservationResult.Outcome> {
    private static final ModelName NAME = new ModelName("scripted", "none", "1");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();

    @Override
    public ModelName nameFor(ObservationRequest request) {
        return NAME;
    }

    @Override
    public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
            throws InterruptedException {
        asked.add(request.requestId());
        CountDownLatch gate = held.get(request.requestId());
        if (gate != null) {
            gate.await();
        }
        RuntimeException failure = failing.get(request.requestId());
        if (failure != null) {
            throw failure;
        }
        return new ObservationResult.Nothing(NAME.unbilled(context.insteadOf()));
    }

    /** Ids of the requests in the order in which they were asked. */
    List<String> asked() {
        return asked;
    }

    void hold(String requestId) {
        held.put(requestId, new CountDownLatch(1));
    }

    void release(String requestId) {
        CountDownLatch gate = held.get(requestId);
        if (gate != null) {
            gate.countDown();
        }
    }

    void fail(String requestId) {
        failing.put(requestId, new IllegalStateException("no luck"));
    }
}
