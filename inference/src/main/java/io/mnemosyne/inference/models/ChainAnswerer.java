package io.mnemosyne.inference.models;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.Answerer;
import io.mnemosyne.inference.guards.Chain;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.ModelException;

/**
 * Has the chain of a tenant answer, all of it within one time.
 *
 * @param standard for tenants that have none of their own; empty where nobody is asked
 */
record ChainAnswerer(Map<String, Optional<Chain<AnswerRequest, Answered.Told>>> tenants,
        Optional<Chain<AnswerRequest, Answered.Told>> standard, Duration time) implements Answerer {
    ChainAnswerer {
        tenants = Map.copyOf(tenants);
    }

    @Override
    public Answered answer(AnswerRequest request) throws InterruptedException {
        Optional<Chain<AnswerRequest, Answered.Told>> chain = tenants.getOrDefault(request.thread().tenant(), standard);
        if (chain.isEmpty()) {
            return Answerer.NOBODY.answer(request);
        }
        try {
            return chain.get().answer(request, CallContext.within(time));
        } catch (ModelException e) {
            return new Answered.Untold(String.valueOf(e.getMessage()));
        }
    }
}
