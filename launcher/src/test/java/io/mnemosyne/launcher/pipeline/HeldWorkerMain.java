package io.mnemosyne.launcher.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.completions.Ledger;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.inference.worker.WorkerSettings;
import io.mnemosyne.launcher.config.Settings;

/**
 * A worker whose calls take a moment each, and do not end while a file exists: so a test catches it in the middle of
 * them. Says of each call when it begins, is held and ends.
 */
public final class HeldWorkerMain {
    private static final long CALL_MILLIS = 60;
    private static final long POLL_MILLIS = 20;

    private HeldWorkerMain() {
    }

    /** @param args the file */
    public static void main(String[] args) throws InterruptedException {
        Path hold = Path.of(args[0]);
        Models offline = Models.offline(O200kTokenCounter.shared());
        WorkerProcess worker = WorkerProcess.start(KafkaPlan.of(Settings.read(System.getenv())),
                new Models(new Held<>(offline.observer(), hold), new Held<>(offline.reflector(), hold),
                        new Held<>(offline.summarizer(), hold)),
                Ledger.NONE, WorkerSettings.DEFAULT, Tracing.OFF, () -> {
                });
        System.out.println(PipelineMain.READY);
        worker.awaitEnd();
    }

    private static void pass(Path hold, String requestId) throws InterruptedException {
        System.out.println("begun " + requestId);
        Thread.sleep(CALL_MILLIS);
        if (Files.exists(hold)) {
            System.out.println("held " + requestId);
            while (Files.exists(hold)) {
                Thread.sleep(POLL_MILLIS);
            }
        }
        System.out.println("ended " + requestId);
    }

    private record Held<Q extends ModelRequest, O>(Model<Q, O> model, Path hold) implements Model<Q, O> {
        @Override
        public ModelName nameFor(Q request) {
            return model.nameFor(request);
        }

        @Override
        public O answer(Q request, CallContext context) throws ModelException, InterruptedException {
            pass(hold, request.requestId());
            return model.answer(request, context);
        }
    }
}
