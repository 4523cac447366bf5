package io.mnemosyne.index;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.topics.TopicNames;

/**
 * Puts the current version of the index in the place of an older one. While the older one is searched it is kept up to
 * date beside the new one; when the new one has all that the older one has, it is searched instead, and the older one
 * goes with its group. Everything is decided by what the broker and the index say, so that several instances can do this
 * at once, and one that was cut off goes on where it was.
 */
final class Rebuild implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS_PER_MESSAGE = 60;
    /** Longer than a query lasts that has begun on the older index. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofHours(1);

    private final Indices indices;
    private final Groups groups;
    private final TopicNames names;
    private final Function<Version, KeptRunning> olderTexts;
    private Optional<KeptRunning> older = Optional.empty();
    private Map<TopicPartition, Long> ends = Map.of();
    private volatile boolean building;

    /** @param olderTexts makes what keeps an older version up to date */
    Rebuild(Indices indices, Groups groups, TopicNames names, Function<Version, KeptRunning> olderTexts) {
        this.indices = indices;
        this.groups = groups;
        this.names = names;
        this.olderTexts = olderTexts;
    }

    /** Whether an older version is searched, since the current one is not complete yet. */
    boolean isBuilding() {
        return building;
    }

    @Override
    public void run(Backoff stop) {
        try {
            replace(stop);
            stop.rest(GRACE);
            cleanUp(stop);
            while (true) {
                stop.rest(IDLE);
            }
        } finally {
            keepNoMore();
        }
    }

    private void replace(Backoff stop) {
        for (long look = 0;; look++) {
            try {
                Optional<Version> searched = indices.searched();
                if (searched.isPresent() && searched.get().number() >= indices.current().number()) {
                    building = false;
                    keepNoMore();
                    return;
                }
                if (searched.isPresent() && isDone(searched.get(), look)) {
                    indices.replace(searched.get());
                    LOG.atInfo().addKeyValue("from", searched.get().index())
                            .addKeyValue("to", indices.current().index()).log("the new index is complete and searched");
                }
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("the search index does not say what is searched");
            }
            stop.rest(building ? BETWEEN_LOOKS : GRACE);
        }
    }

    private boolean isDone(Version searched, long look) {
        if (older.isEmpty()) {
            building = true;
            ends = groups.ends(indices.current().topics().stream().map(names::of).toList());
            KeptRunning texts = olderTexts.apply(searched);
            older = Optional.of(texts);
            texts.start();
        }
        Map<TopicPartition, Long> needed = new HashMap<>(ends);
        groups.committed(names.applicationId(searched.group()))
                .forEach((partition, offset) -> needed.merge(partition, offset, Math::max));
        Map<TopicPartition, Long> has = groups.committed(names.applicationId(indices.current().group()));
        long missing = needed.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - has.getOrDefault(end.getKey(), 0L))).sum();
        if (missing > 0 && look % LOOKS_PER_MESSAGE == 0) {
            LOG.atInfo().addKeyValue("searched", searched.index()).addKeyValue("built", indices.current().index())
                    .addKeyValue("missing", missing).log("building a new index; the older one is searched until then");
        }
        return missing == 0;
    }

    private void cleanUp(Backoff stop) {
        List<Version> leftOver = IntStream.range(1, indices.current().number())
                .mapToObj(indices.current()::withNumber).toList();
        while (!leftOver.isEmpty()) {
            leftOver = leftOver.stream().filter(version -> !isGone(version)).toList();
            if (!leftOver.isEmpty()) {
                stop.rest(GRACE);
            }
        }
    }

    /** A group that still has members is of an instance that has not noticed yet, or of an older program. */
    private boolean isGone(Version version) {
        try {
            indices.delete(version);
            return groups.delete(names.applicationId(version.group()));
        } catch (IOException | KafkaException e) {
            LOG.atDebug().setCause(e).addKeyValue("index", version.index()).log("an older index is not deleted yet");
            return false;
        }
    }

    private void keepNoMore() {
        older.ifPresent(KeptRunning::close);
        older = Optional.empty();
    }
}
