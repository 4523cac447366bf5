package io.mnemosyne.schemas.topics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The catalogue as a page of the documentation. */
public final class TopicsPage {
    private static final int MIB = 1024 * 1024;
    private TopicsPage() {
    }

    /**
     * Writes the page.
     *
     * @param args the file to write
     * @throws IOException if it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), text());
    }

    /** The whole page in Markdown. */
    public static String text() {
        StringBuilder page = new StringBuilder(head());
        page.append("| topic | what is in it | key | kept | largest record | written by | read by |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        Topics.all().forEach(topic -> page.append(row(topic)));
        return page.toString();
    }

    private static String head() {
        return """
               # Topics

               Generated from `io.mnemosyne.schemas.topics.Topics`; a test fails when this page is stale.

               Every topic has %1$d partitions, fixed for life, and one partitioning: murmur2 over the part of the key before
               `#`, as Kafka's own producer does for a key without `#`. Keys are UTF-8 text. Values are Avro in the Confluent
               wire format; the subject of a topic's schema is its name with `-value`. A deployment may put a prefix before
               all names.

               A compacted topic keeps the newest record of each key until a tombstone; the others expire. The broker works on
               whole files, of %2$d hours each: an expired record is gone at the latest %2$d hours after its time, and what lies
               under a tombstone at the latest %3$d hours after its file was closed. The first record after its time closes a
               file, so that on a partition to which nothing is written any more deleted rows stay on disk.

               A purged topic holds what producers sent, from before it was redacted. The pipeline deletes records from it as
               soon as the stage that reads it has committed past them (`redaction.purge-seconds`): from then on nobody can
               read them. Their bytes go with their file, which is closed by the first record that comes %4$d minutes after
               the file's first; where none comes in as long, the pipeline writes an empty one in a transaction that it
               aborts. The broker removes the file in its next round: by default it makes one every 5 minutes
               (`log.retention.check.interval.ms`), the one that `up` starts every 30 seconds. Until they are read, records
               are kept as long as the table says.

               """
                .formatted(Topics.PARTITIONS, Topic.SEGMENT.toHours(), Topic.MAX_COMPACTION_LAG.toHours(),
                        Topic.PURGED_SEGMENT.toMinutes());
    }

    private static String row(Topic topic) {
        String readers = topic.readers().isEmpty() ? "people" : String.join(", ", topic.readers());
        return "| `%s` | %s | `%s` | %s | %d MiB | %s | %s |\n".formatted(topic.name(), topic.purpose(),
                topic.keyForm(), kept(topic), topic.maxBytes() / MIB, topic.writer(), readers);
    }

    private static String kept(Topic topic) {
        return switch (topic.cleanup()) {
            case COMPACT -> "compacted";
            case DELETE -> topic.retention().toDays() + (topic.purged() ? " days, or until read" : " days");
        };
    }
}
