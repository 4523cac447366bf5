package io.mnemosyne.trace.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.common.TopicPartition;

/**
 * What was read and is not done: pieces that wait for others to fill a request, requests that wait to be sent, and those on
 * their way. Belongs to the polling thread.
 */
final class Backlog {
    private final Packer packer;
    private final long lingerNanos;
    private final Deque<Work> ready = new ArrayDeque<>();
    private final Set<Parcel> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;
    private long gatheringSince;

    Backlog(Packer packer, SendLimits limits) {
        this.packer = packer;
        this.lingerNanos = limits.linger().toNanos();
    }

    /** Something to be done on a thread of its own. */
    sealed interface Work {
        /** Pieces for a request. */
        record Ship(List<Piece> pieces) implements Work {
        }

        /** A record that is not sent at all. */
        record Report(Parcel parcel, String reason) implements Work {
        }
    }

    void add(List<Piece> pieces, long now) {
        open(pieces.getFirst().parcel());
        for (Piece piece : pieces) {
            if (packer.isEmpty()) {
                gatheringSince = now;
            }
            packer.add(piece).ifPresent(full -> {
                ready.add(new Work.Ship(full));
                gatheringSince = now;
            });
        }
    }

    void add(Work.Report report) {
        open(report.parcel());
        ready.add(report);
    }

    /** The next thing to do; pieces that have waited for company long enough go without. */
    Optional<Work> next(long now) {
        if (ready.isEmpty() && !packer.isEmpty() && now - gatheringSince >= lingerNanos) {
            packer.flush().ifPresent(pieces -> ready.add(new Work.Ship(pieces)));
        }
        return Optional.ofNullable(ready.poll());
    }

    void done(Parcel parcel) {
        if (open.remove(parcel)) {
            bytes -= parcel.source().bytes();
        }
    }

    /** Bytes of the records that are not done. */
    long bytes() {
        return bytes;
    }

    /** Somebody else does what was not begun. */
    void forget(Set<TopicPartition> partitions) {
        Predicate<Parcel> gone = parcel -> partitions.contains(parcel.source().partition());
        packer.drop(piece -> gone.test(piece.parcel()));
        List<Work> left = new ArrayList<>();
        for (Work work : ready) {
            switch (work) {
                case Work.Ship(List<Piece> pieces) -> {
                    List<Piece> kept = pieces.stream().filter(piece -> !gone.test(piece.parcel())).toList();
                    if (!kept.isEmpty()) {
                        left.add(new Work.Ship(kept));
                    }
                }
                case Work.Report report when gone.test(report.parcel()) -> {
                    // Its next owner reports it.
                }
                case Work.Report report -> left.add(report);
            }
        }
        ready.clear();
        ready.addAll(left);
        open.stream().filter(gone).toList().forEach(this::done);
    }

    private void open(Parcel parcel) {
        open.add(parcel);
        bytes += parcel.source().bytes();
    }
}
