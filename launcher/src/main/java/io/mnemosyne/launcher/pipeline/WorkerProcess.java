package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;

import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.completions.Ledger;
import io.mnemosyne.inference.worker.KafkaClients;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.inference.worker.Worker;
import io.mnemosyne.inference.worker.WorkerSettings;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.models.ConfiguredModels;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;

/**
 * A worker in a process of its own. Any number of them share the requests of a deployment with each other, and with the
 * pipeline unless that has none.
 *
 * <p>Threading: closed by any thread, once.
 */
public final class WorkerProcess implements AutoCloseable {
    private final RegistrySchemaIds ids;
    private final Worker worker;
    private final Runnable closeModels;
    private volatile boolean closing;

    private WorkerProcess(RegistrySchemaIds ids, Worker worker, Runnable closeModels) {
        this.ids = ids;
        this.worker = worker;
        this.closeModels = closeModels;
    }

    /**
     * Starts a worker on services that run already. Topics and schemas that are missing are created, so that it does
     * not matter whether the pipeline runs yet.
     *
     * @throws CommandFailure if an address is missing
     */
    public static WorkerProcess start(Settings settings) {
        ConfiguredModels models = models(settings.models(), O200kTokenCounter.shared(), new Counts());
        return start(KafkaPlan.of(settings), models.models(), models.ledger(), limits(settings.models()),
                settings.tracing().spans(), models::close);
    }

    /** @param closeModels when nobody asks them any more */
    static WorkerProcess start(KafkaPlan plan, Models models, Ledger ledger, WorkerSettings limits,
            Tracing tracing, Runnable closeModels) {
        plan.ensureTopics();
        RegistrySchemaIds ids = new RegistrySchemaIds(plan.registry());
        ids.registerAll(plan.names());
        Worker worker = worker(plan, new TopicSerdes(ids, plan.names()), models, ledger, limits, tracing);
        worker.start();
        return new WorkerProcess(ids, worker, closeModels);
    }

    /** A worker that does nothing before it is started. */
    static Worker worker(KafkaPlan plan, TopicSerdes serdes, Models models, Ledger ledger,
            WorkerSettings limits, Tracing tracing) {
        return new Worker(KafkaClients.of(plan.connection(), plan.names()), serdes, plan.names(), models, limits,
                InstantSource.system(), ledger, tracing);
    }

    /** Models that are made ready for calls while everything else starts. */
    static ConfiguredModels models(Settings.Models models, TokenCounter tokens, Counts counts) {
        ConfiguredModels made = new ConfiguredModels(models.settings(), models.window(), tokens, counts);
        if (models.calls()) {
            made.rehearse();
        }
        return made;
    }

    static WorkerSettings limits(Settings.Models models) {
        WorkerSettings standard = WorkerSettings.DEFAULT;
        return new WorkerSettings(models.maxInFlight(), standard.maxReadAhead(), standard.maxReadAheadBytes(),
                models.callBudget(), standard.drain(), standard.rememberedCompletions(), models.mode());
    }

    /** Blocks until the worker ends. Returns what to tell the user, or nothing if it was closed. */
    public Optional<CommandFailure> awaitEnd() throws InterruptedException {
        worker.awaitEnd();
        return closing
                ? Optional.empty()
                : Optional.of(new CommandFailure(ExitCode.UNEXPECTED,
                        "the worker ended by an error, which is printed above; start it again"));
    }

    /** Lets calls under way end, then stops. */
    @Override
    public void close() {
        closing = true;
        worker.close();
        try {
            closeModels.run();
            ids.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the client of the registry", e);
        }
    }
}
