package io.mnemosyne.launcher.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/**
 * Real services as children of this process. They end with it, however it ends; closing the stack ends them in order.
 */
public final class LocalStack implements AutoCloseable {
    private static final Set<Component> SERVICES = EnumSet.complementOf(EnumSet.of(Component.PIPELINE));
    private static final Duration POLL = Duration.ofMillis(50);

    private final StackPlan plan;
    private final Progress progress;
    private final DataDirectory data;
    private final ChildSpecs specs;
    private final RunLayout layout;
    private final Map<Component, Child> children = new EnumMap<>(Component.class);
    private boolean closed;

    private LocalStack(StackPlan plan, RunLayout layout, DataDirectory data, Ports ports, Progress progress) {
        this.plan = plan;
        this.layout = layout;
        this.data = data;
        this.specs = new ChildSpecs(plan, layout, data, ports);
        this.progress = progress;
    }

    /**
     * Takes the data directory and the ports, but starts nothing yet.
     *
     * @throws CommandFailure if it cannot have one of them, or an existing service does not answer
     */
    public static LocalStack prepare(StackPlan plan, Progress progress) {
        RunLayout layout = RunLayout.find();
        DataDirectory data = DataDirectory.hold(plan.data());
        try {
            Leftovers.awaitEnd(plan.data());
            ExistingServices.requireReachable(plan.existing());
            return new LocalStack(plan, layout, data, Ports.take(plan), progress);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** Prepares and starts; for tests. */
    public static LocalStack start(StackPlan plan) {
        LocalStack stack = prepare(plan, Progress.SILENT);
        stack.start();
        return stack;
    }

    /**
     * Starts the services side by side and then the pipeline. Returns when all serve.
     *
     * @throws CommandFailure if a child dies or takes too long; the others are stopped then
     */
    public void start() {
        try {
            plan.existing().forEach(progress::existing);
            startAll(SERVICES);
            startAll(EnumSet.of(Component.PIPELINE));
            file(true).write(data.path());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where the services are reached. */
    public Addresses addresses() {
        return specs.addresses();
    }

    /** The process of a component, for tests that kill it. */
    public synchronized Optional<ProcessHandle> process(Component component) {
        return Optional.ofNullable(children.get(component)).map(child -> child.process().toHandle());
    }

    /** Blocks until a child ends. Returns what to tell the user, or nothing if the stack was closed. */
    public Optional<CommandFailure> awaitEnd() {
        CompletableFuture.anyOf(
                running().stream().map(child -> child.process().onExit()).toArray(CompletableFuture[]::new)).join();
        synchronized (this) {
            return closed ? Optional.empty() : dead(running()).map(Child::death);
        }
    }

    /** Stops the children, the pipeline first and the broker last, and releases the data directory. */
    @Override
    public void close() {
        List<Child> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = running().reversed();
        }
        running.forEach(child -> {
            child.stop();
            progress.stopped(child.spec().component());
        });
        StackFile.remove(data.path());
        data.close();
    }

    private void startAll(Set<Component> components) {
        List<Child> starting = new ArrayList<>();
        long begin = System.nanoTime();
        components.stream().filter(plan::starts).forEach(component -> starting.add(spawn(component)));
        while (!starting.isEmpty()) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            dead(running()).ifPresent(child -> {
                throw isClosed() ? stoppedWhileStarting() : child.death();
            });
            if (elapsed.compareTo(ChildSpec.START_LIMIT) > 0) {
                throw starting.getFirst().notReady();
            }
            starting.removeIf(child -> isReady(child, elapsed));
            pause();
        }
    }

    private synchronized Child spawn(Component component) {
        if (closed) {
            throw stoppedWhileStarting();
        }
        Child child = Child.start(specs.of(component), layout.agent());
        children.put(component, child);
        file(false).write(data.path());
        return child;
    }

    private boolean isReady(Child child, Duration elapsed) {
        try {
            boolean ready = child.spec().readiness().isReady();
            if (ready) {
                progress.ready(child.spec().component(), elapsed, child.spec().address());
            }
            return ready;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stoppedWhileStarting();
        }
    }

    private synchronized StackFile file(boolean ready) {
        return new StackFile(ProcessHandle.current().pid(), ready, addresses(),
                children.values().stream().map(StackFile.ChildProcess::of).toList());
    }

    private synchronized List<Child> running() {
        return List.copyOf(children.values());
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static Optional<Child> dead(List<Child> children) {
        return children.stream().filter(child -> !child.isAlive()).findFirst();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stoppedWhileStarting();
        }
    }

    private static CommandFailure stoppedWhileStarting() {
        return new CommandFailure(ExitCode.NOT_READY, "stopped while the stack was starting");
    }
}
