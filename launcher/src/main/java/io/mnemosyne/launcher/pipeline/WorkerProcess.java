package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;

import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.Counts;
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
    private volatile boolean closing;

    private WorkerProcess(RegistrySchemaIds ids, Worker worker) {
        this.ids = ids;
        this.worker = worker;
    }

    /**
     * Starts a worker on services that run already. Topics and schemas that are missing are created, so that it does
     * not matter whether the pipeline runs yet.
     *
     * @throws CommandFailure if an address is missing
     */
    public static WorkerProcess start(Settings settings) {
        return start(KafkaPlan.of(settings), ConfiguredModels.models(settings.models().settings(),
                O200kTokenCounter.shared(), new Counts()), limits(settings.models()));
    }

    static WorkerProcess start(KafkaPlan plan, Models models, WorkerSettings limits) {
        plan.ensureTopics();
        RegistrySchemaIds ids = new RegistrySchemaIds(plan.registry());
        ids.registerAll(plan.names());
        Worker worker = worker(plan, new TopicSerdes(ids, plan.names()), models, limits);
        worker.start();
        return new WorkerProcess(ids, worker);
    }

    /** A worker that does nothing before it is started. */
    static Worker worker(KafkaPlan plan, TopicSerdes serdes, Models models, WorkerSettings limits) {
        return new Worker(KafkaClients.of(plan.connection(), plan.names()), serdes, plan.names(), models, limits,
                InstantSource.system());
    }

    static WorkerSettings limits(Settings.Models models) {
        WorkerSettings standard = WorkerSettings.DEFAULT;
        return new WorkerSettings(models.maxInFlight(), standard.maxReadAhead(), models.callBudget(),
                standard.drain(), standard.rememberedCompletions());
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
            ids.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the client of the registry", e);
        }
    }
}
