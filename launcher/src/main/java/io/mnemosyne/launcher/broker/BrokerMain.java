package io.mnemosyne.launcher.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Runs one broker until the JVM is told to exit. Arguments: log directory, broker port, controller port. */
public final class BrokerMain {
    /** The line on standard output that says that clients can connect. */
    public static final String READY = "ready";

    private BrokerMain() {
    }

    /** Formats the log directory if it is new, starts the broker, prints {@link #READY} and stays with it. */
    public static void main(String[] args) throws Exception {
        BrokerProperties properties = new BrokerProperties(Path.of(args[0]), Integer.parseInt(args[1]),
                Integer.parseInt(args[2]));
        formatOnce(properties);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties.asMap(), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop-broker"));
        server.startup();
        System.out.println(READY);
        server.awaitShutdown();
    }

    private static void formatOnce(BrokerProperties properties) throws Exception {
        Path directory = properties.logDirectory();
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        create(directory);
        new Formatter().setNodeId(BrokerProperties.NODE_ID).setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(BrokerProperties.CONTROLLER).setMetadataLogDirectory(directory.toString())
                .addDirectory(directory.toString()).setPrintStream(new PrintStream(System.out, true)).run();
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the log directory " + directory, e);
        }
    }
}
