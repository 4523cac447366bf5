package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.replay.policy.RecordedCalls;

/**
 * The models that a replay asks, as the settings have them for a tenant without a table. All sessions together have the
 * budget of one tenant.
 *
 * @param bill told why a request was not answered, and what happens to calls
 */
record AskedModels(Settings.Models settings, CompletionsMode mode, Bill bill) {

    /** Makes the models of settings, which take so many tokens. */
    interface Maker {
        Models of(ModelSettings settings, long window, TokenCounter tokens, Counts counts);
    }

    /** @throws CommandFailure if the mode and {@code --reuse} do not go together */
    static AskedModels of(ModelOptions options, @Nullable Path reuse, Bill bill) {
        Settings.Models settings = options.settings().models();
        CompletionsMode mode = settings.mode();
        if (mode == CompletionsMode.LIVE && reuse != null && !options.nameMode()) {
            mode = CompletionsMode.REPLAY_OR_CALL;
        }
        boolean reuses = mode == CompletionsMode.REPLAY_STRICT || mode == CompletionsMode.REPLAY_OR_CALL;
        if (reuses && reuse == null) {
            throw new CommandFailure(ExitCode.USAGE,
                    text(mode) + " needs the answers of a run: name it with --reuse, or say --completions live");
        }
        if (!reuses && reuse != null) {
            throw new CommandFailure(ExitCode.USAGE, text(mode)
                    + " uses no earlier answers: leave --reuse out, or say --completions replay-or-call");
        }
        return new AskedModels(settings, mode, bill);
    }

    Models models(Maker maker) {
        ModelSettings all = settings.settings();
        Models models = mode == CompletionsMode.STUB
                ? Models.stub()
                : maker.of(new ModelSettings(all.endpoints(), all.standard(), Map.of(), all.prices(), all.budget(),
                        Map.of()), settings.window(), O200kTokenCounter.shared(), bill.counts());
        return new Models(
                new Asked<>(models.observer(),
                        request -> new ObservationRequest(request.requestId(), ofOne(request), request.incarnation(),
                                request.range(), request.attempt(), request.leaseUntil(), request.priority(),
                                request.priorMemory(), request.turns()),
                        settings.callBudget(), bill),
                new Asked<>(models.reflector(),
                        request -> new ReflectionRequest(request.requestId(), ofOne(request), request.incarnation(),
                                request.attempt(), request.leaseUntil(), request.targetTokens(), request.segments(),
                                request.previous()),
                        settings.callBudget(), bill),
                new Asked<>(models.summarizer(),
                        request -> new SummaryRequest(request.requestId(), ofOne(request), request.incarnation(),
                                request.attempt(), request.leaseUntil(), request.object(), request.fidelity(),
                                request.targetTokens(), request.content()),
                        settings.callBudget(), bill));
    }

    /** What was answered earlier, under the rule of the mode. */
    RecordedCalls recorded(RecordedCalls earlier, @Nullable Path reuse) {
        if (mode != CompletionsMode.REPLAY_STRICT) {
            return earlier;
        }
        return (session, hash) -> Optional.of(earlier.find(session, hash).orElseThrow(() -> new UncheckedIOException(
                ("%s asks what %s has no answer to (request %s), and replay-strict calls nobody; "
                        + "--completions replay-or-call has it asked").formatted(session, reuse, hash),
                new IOException("no recorded answer"))));
    }

    /** What decides the prompts of a run. */
    Map<String, String> described() {
        Map<String, String> described = new TreeMap<>();
        described.put("--observer", text(settings.settings().standard().observer()));
        described.put("--reflector", text(settings.settings().standard().reflector()));
        if (summarizes()) {
            described.put("--summarizer", text(settings.settings().standard().summarizer()));
        }
        if (mode == CompletionsMode.STUB) {
            described.put("--completions", text(mode));
        }
        return described;
    }

    /** Whether somebody is named who summarizes. */
    boolean summarizes() {
        return !settings.settings().standard().summarizer().isEmpty();
    }

    private static String text(List<ModelId> chain) {
        return chain.stream().map(ModelId::toString).collect(Collectors.joining(","));
    }

    private static String text(CompletionsMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ThreadKey ofOne(ModelRequest request) {
        return new ThreadKey("replay", request.thread().thread());
    }

    /** A model under the call budget of the settings. */
    private record Asked<Q extends ModelRequest, O>(Model<Q, O> model, UnaryOperator<Q> ofOneTenant, Duration budget,
            Bill failures) implements Model<Q, O> {
        @Override
        public ModelName nameFor(Q request) {
            return model.nameFor(ofOneTenant.apply(request));
        }

        @Override
        public O answer(Q request, CallContext context) throws ModelException, InterruptedException {
            try {
                return model.answer(ofOneTenant.apply(request), CallContext.within(budget));
            } catch (ModelException | RuntimeException e) {
                failures.failed(e instanceof ModelException ? String.valueOf(e.getMessage()) : e.toString());
                throw e;
            }
        }
    }
}
