package io.mnemosyne.inference.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/** Answers for money that there is nothing to note, unless told to wait or to fail. */
final class ScriptedModel implements Model<ObservationRequest, ObservationResult.Outcome> {
    static final long INPUT = 10;
    static final long OUTPUT = 5;
    static final long MICROS = 7;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();
    private volatile ModelName name = new ModelName("scripted", "none", "1");
    private volatile Optional<String> insteadOf = Optional.empty();

    @Override
    public ModelName nameFor(ObservationRequest request) {
        return name;
    }

    @Override
    public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
            throws InterruptedException {
        if (!name.provider().equals(ModelName.OFFLINE)) {
            context.before().aboutToCall();
        }
        asked.add(request.requestId());
        CountDownLatch gate = held.get(request.requestId());
        if (gate != null) {
            gate.await();
        }
        RuntimeException failure = failing.get(request.requestId());
        if (failure != null) {
            throw failure;
        }
        return new ObservationResult.Nothing(new Provenance(name.provider(), name.model(), name.promptVersion(), INPUT,
                OUTPUT, MICROS, insteadOf));
    }

    /** Ids of the requests in the order in which they were asked. */
    List<String> asked() {
        return asked;
    }

    /** Works by rule from now on. */
    void costNothing() {
        name = new ModelName(ModelName.OFFLINE, "none", "1");
    }

    /** Answers from now on for another one that did not. */
    void standIn(String reason) {
        insteadOf = Optional.of(reason);
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
