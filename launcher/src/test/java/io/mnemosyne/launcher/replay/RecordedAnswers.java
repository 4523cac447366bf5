package io.mnemosyne.launcher.replay;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.inference.completions.OutcomeJson;
import io.mnemosyne.inference.completions.RequestHash;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.policy.RecordedCalls;

/** What models answered in one session. */
final class RecordedAnswers implements RecordedCalls {
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    Map<String, String> all() {
        return answers;
    }

    @Override
    public Optional<String> find(String session, String requestHash) {
        return Optional.ofNullable(answers.get(requestHash));
    }

    @Override
    public void keep(String session, String requestHash, String response) {
        answers.put(requestHash, response);
    }

    /** Models of these names that answer what was answered, and know nothing else. */
    Models inPlaceOf(Models models) {
        return new Models(
                new Remembering<>(models.observer()::nameFor,
                        request -> RequestHash.of(request, models.observer().nameFor(request)),
                        OutcomeJson::observation),
                new Remembering<>(models.reflector()::nameFor,
                        request -> RequestHash.of(request, models.reflector().nameFor(request)),
                        OutcomeJson::reflection),
                new Remembering<>(models.summarizer()::nameFor,
                        request -> RequestHash.of(request, models.summarizer().nameFor(request)),
                        OutcomeJson::summary));
    }

    private final class Remembering<Q extends ModelRequest, O> implements Model<Q, O> {
        private final Function<Q, ModelName> name;
        private final Function<Q, String> hash;
        private final Function<String, O> outcome;

        private Remembering(Function<Q, ModelName> name, Function<Q, String> hash, Function<String, O> outcome) {
            this.name = name;
            this.hash = hash;
            this.outcome = outcome;
        }

        @Override
        public ModelName nameFor(Q request) {
            return name.apply(request);
        }

        @Override
        public O answer(Q request, CallContext context) throws ModelException {
            return find("", hash.apply(request)).map(outcome)
                    .orElseThrow(() -> new ModelException("nobody was asked " + request.requestId(), false));
        }
    }
}
