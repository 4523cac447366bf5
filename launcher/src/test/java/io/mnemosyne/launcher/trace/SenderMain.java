package io.mnemosyne.launcher.trace;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.trace.send.SendLimits;
import io.mnemosyne.trace.send.TraceBackend;
import io.mnemosyne.trace.send.TraceSender;

/** A sender in a process of its own, so that it can be killed. Sends little at once, so that it is caught in the middle. */
public final class SenderMain {
    static final SendLimits LIMITS = SendLimits.DEFAULT.withRequests(40_000, 80_000, 20).withFieldBytes(16 * 1024)
            .withRates(4, 25).withWaits(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(300));

    private SenderMain() {
    }

    /** @param args addresses of the broker, the registry and Langfuse, and the topics' prefix */
    public static void main(String[] args) throws InterruptedException {
        TopicNames names = new TopicNames(args[3]);
        TopicSerdes serdes = new TopicSerdes(new RegistrySchemaIds(RegistrySettings.of(args[1])), names);
        TraceSender sender = new TraceSender(backend(URI.create(args[2]), LIMITS),
                Map.of("bootstrap.servers", args[0]), serdes, names);
        sender.start();
        Thread.currentThread().join();
    }

    static TraceBackend backend(URI langfuse, SendLimits limits) {
        return TraceBackend.langfuse("main", langfuse,
                new TraceBackend.Credentials("pk-lf-stand-in", "sk-lf-stand-in")).with(limits);
    }
}
