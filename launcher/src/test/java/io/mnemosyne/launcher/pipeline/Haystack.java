package io.mnemosyne.launcher.pipeline;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where something may have been left, place by place, and what was found there. */
final class Haystack {
    private final Needles secrets;
    private final Needles word;
    private final Map<String, Found> places = new TreeMap<>();

    /** @param word that must be found wherever content is kept, so that it is known that the place was searched */
    Haystack(Needles secrets, Needles word) {
        this.secrets = secrets;
        this.word = word;
    }

    /** What was searched in a place. */
    static final class Found {
        private long bytes;
        private int words;
        private final Set<String> secrets = new TreeSet<>();

        long bytes() {
            return bytes;
        }

        int words() {
            return words;
        }

        Set<String> secrets() {
            return secrets;
        }
    }

    Map<String, Found> places() {
        return places;
    }

    Found at(String place) {
        return places.computeIfAbsent(place, _ -> new Found());
    }

    /** For the eye. */
    String table() {
        StringBuilder table = new StringBuilder(
                "%-60s %12s %6s %8s%n".formatted("place", "bytes", "word", "secrets"));
        places.forEach((place, found) -> table.append(String.format(Locale.ROOT, "%-60s %12d %6d %8d%n", place,
                found.bytes, found.words, found.secrets.size())));
        return table.toString();
    }

    void search(String place, byte[] bytes) {
        Found found = at(place);
        found.bytes += bytes.length;
        found.words += word.in(bytes).size();
        found.secrets.addAll(secrets.in(bytes));
    }

    void search(String place, String text) {
        search(place, text.getBytes(UTF_8));
    }

    /** Every record of every topic of a deployment and of the broker's own, also those of aborted transactions. */
    void searchTopics(String kafka, String prefix) {
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", kafka,
                "fetch.max.wait.ms", 20, "auto.offset.reset", "earliest"), new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith(prefix) || topic.getKey().startsWith("__"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            all.forEach(partition -> at("topic " + partition.topic()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofMillis(200))) {
                    String place = "topic " + row.topic();
                    Stream.of(row.key(), row.value()).filter(bytes -> bytes != null)
                            .forEach(bytes -> search(place, bytes));
                    for (Header header : row.headers()) {
                        search(place, header.key() + "\n" + new String(header.value(), UTF_8));
                    }
                }
            }
        }
    }

    /** All records in the files of a broker, unpacked, also those that its topics have no more. */
    void searchSegments(String place, Path directory, Predicate<Path> which) throws IOException {
        for (Path file : files(directory, which)) {
            if (file.toString().contains(".log")) {
                searchSegment(place, file.toFile());
            }
        }
    }

    private void searchSegment(String place, File file) throws IOException {
        try (FileRecords records = FileRecords.open(file, false)) {
            for (RecordBatch batch : records.batches()) {
                for (Record row : batch) {
                    Stream.of(row.key(), row.value()).filter(bytes -> bytes != null)
                            .forEach(bytes -> search(place, bytes(bytes)));
                    for (Header header : row.headers()) {
                        search(place, header.key() + "\n" + new String(header.value(), UTF_8));
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // The broker was faster.
        }
    }

    /** The bytes of files as they are on disk. */
    void searchFiles(String place, Path directory, Predicate<Path> which) throws IOException {
        at(place);
        for (Path file : files(directory, which)) {
            try {
                search(place, Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                // Merged into another one meanwhile, or deleted.
            }
        }
    }

    private static List<Path> files(Path directory, Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(which).filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            return files(directory, which); // a directory went while it was walked
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
