package io.mnemosyne.trace.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Fills requests with pieces in their order, up to a size and a number. Not thread-safe. */
final class Packer {
    private final int envelope;
    private final int targetBytes;
    private final int maxSpans;
    private final List<Piece> gathered = new ArrayList<>();
    private int bytes;

    /**
     * @param envelope bytes of a request without spans
     * @param targetBytes of a request; a piece that is larger is alone in its own
     */
    Packer(int envelope, int targetBytes, int maxSpans) {
        this.envelope = envelope;
        this.targetBytes = targetBytes;
        this.maxSpans = maxSpans;
        this.bytes = envelope;
    }

    /** Adds a piece; gives back what was gathered before, if the piece has no room in it. */
    Optional<List<Piece>> add(Piece piece) {
        int size = piece.size();
        Optional<List<Piece>> full = gathered.size() >= maxSpans || bytes + size > targetBytes
                ? flush()
                : Optional.empty();
        gathered.add(piece);
        bytes += size;
        return full;
    }

    /** What was gathered so far, if anything was. */
    Optional<List<Piece>> flush() {
        if (gathered.isEmpty()) {
            return Optional.empty();
        }
        List<Piece> all = List.copyOf(gathered);
        gathered.clear();
        bytes = envelope;
        return Optional.of(all);
    }

    /** Forgets pieces. */
    void drop(Predicate<Piece> unwanted) {
        gathered.removeIf(unwanted);
        bytes = envelope + gathered.stream().mapToInt(Piece::size).sum();
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    /** Requests for all of these, and for nothing else. */
    List<List<Piece>> pack(List<Piece> pieces) {
        List<List<Piece>> requests = new ArrayList<>();
        pieces.forEach(piece -> add(piece).ifPresent(requests::add));
        flush().ifPresent(requests::add);
        return requests;
    }
}
