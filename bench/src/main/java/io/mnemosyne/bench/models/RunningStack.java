package io.mnemosyne.bench.models;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A local stack in a directory of its own, on free ports, started by the command that users start it with. It ends with
 * this process.
 */
final class RunningStack implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 250;

    private final Path directory;
    private final Map<String, String> settings;
    private final Process process;
    private final JsonNode addresses;

    private RunningStack(Path directory, Map<String, String> settings, Process process, JsonNode addresses) {
        this.directory = directory;
        this.settings = settings;
        this.process = process;
        this.addresses = addresses;
    }

    /**
     * Returns once everything serves.
     *
     * @param settings environment variables of the pipeline and of workers
     * @throws IOException if it does not start; says where its log is
     */
    static RunningStack start(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        Path data = directory.resolve("stack");
        Path log = directory.resolve("stack.log");
        Process process = command(settings, log, "up", "--data", data.toString(), "--kafka-port", "0",
                "--registry-port", "0", "--opensearch-port", "0", "--rest-port", "0");
        Path file = data.resolve("stack.json");
        long deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (Files.exists(file)) {
                JsonNode stack = JSON.readTree(file.toFile());
                if (stack.path("ready").asBoolean()) {
                    return new RunningStack(directory, settings, process, stack.path("addresses"));
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
        process.destroy();
        throw new IOException("the local stack did not start; see " + log);
    }

    URI service() {
        return URI.create(addresses.path("service").asText());
    }

    String kafka() {
        return addresses.path("kafka").asText();
    }

    String registry() {
        return addresses.path("registry").asText();
    }

    /** Reads the committed records of these topics from their beginning. */
    KafkaConsumer<String, byte[]> reader(String... topics) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka(), "isolation.level", "read_committed"), new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(topics).flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** One more worker, in a process of its own. */
    Process worker(String name) throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("MNEMOSYNE_KAFKA_BOOTSTRAP_SERVERS", kafka());
        environment.put("MNEMOSYNE_REGISTRY_URLS", registry());
        return command(environment, directory.resolve(name + ".log"), "worker");
    }

    @Override
    public void close() {
        stop(process);
    }

    private static Process command(Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("mnemosyne.home", "."), "scripts", "mnemosyne").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        return process;
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
