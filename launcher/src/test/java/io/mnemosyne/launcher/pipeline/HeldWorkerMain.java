package io.mnemosyne.launcher.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;

import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.providers.ObserverModel;
import io.mnemosyne.inference.providers.ReflectorModel;
import io.mnemosyne.inference.worker.Models;
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
        Models offline = WorkerProcess.offline(O200kTokenCounter.shared());
        WorkerProcess worker = WorkerProcess.start(KafkaPlan.of(Settings.read(System.getenv())),
                new Models(new HeldObserver(offline.observer(), hold), new HeldReflector(offline.reflector(), hold)));
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

    private record HeldObserver(ObserverModel model, Path hold) implements ObserverModel {
        @Override
        public ModelName name() {
            return model.name();
        }

        @Override
        public ObservationResult.Outcome observe(ObservationRequest request) throws InterruptedException {
            pass(hold, request.requestId());
            return model.observe(request);
        }
    }

    private record HeldReflector(ReflectorModel model, Path hold) implements ReflectorModel {
        @Override
        public ModelName name() {
            return model.name();
        }

        @Override
        public ReflectionResult.Outcome reflect(ReflectionRequest request) throws InterruptedException {
            pass(hold, request.requestId());
            return model.reflect(request);
        }
    }
}
