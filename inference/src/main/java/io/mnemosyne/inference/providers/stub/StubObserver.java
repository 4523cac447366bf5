package io.mnemosyne.inference.providers.stub;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelName;

/** Writes one entry that names the turns. */
public final class StubObserver implements Model<ObservationRequest, ObservationResult.Outcome> {
    private static final ModelName NAME = new ModelName(ModelName.STUB, "observer", "1");

    @Override
    public ModelName nameFor(ObservationRequest request) {
        return NAME;
    }

    @Override
    public ObservationResult.Outcome answer(ObservationRequest request, CallContext context) {
        String text = "turns " + request.range().from() + " to " + request.range().to() + " were observed by a stub";
        LogEntry entry = new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, request.range(),
                Optional.empty(), text);
        return new ObservationResult.Observed(List.of(entry), Optional.empty(), Optional.empty(), Optional.empty(),
                NAME.unbilled(context.insteadOf()));
    }
}
