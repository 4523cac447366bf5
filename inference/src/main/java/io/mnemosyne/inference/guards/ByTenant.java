package io.mnemosyne.inference.guards;

import java.util.Map;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/** Asks the model of the tenant whose thread it is, or the standard one for tenants that have none of their own. */
public record ByTenant<Q extends ModelRequest, O>(Map<String, Model<Q, O>> models, Model<Q, O> standard)
        implements
            Model<Q, O> {
    public ByTenant {
        models = Map.copyOf(models);
    }

    @Override
    public ModelName nameFor(Q request) {
        return modelOf(request).nameFor(request);
    }

    @Override
    public O answer(Q request, CallContext context) throws ModelException, InterruptedException {
        return modelOf(request).answer(request, context);
    }

    private Model<Q, O> modelOf(Q request) {
        return models.getOrDefault(request.thread().tenant(), standard);
    }
}
