package io.mnemosyne.core.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Sha256;

/**
 * Moves large texts out of a turn. A moved text is kept whole under its hash; the turn keeps an excerpt.
 *
 * @param parts those of the turn, large contents replaced by references
 * @param blobs the moved texts by their hash
 */
record ClaimCheck(List<Part> parts, Map<String, String> blobs) {
    /** A part with more than this never stays inline, bytes. */
    static final int MAX_PART_BYTES = 64 * 1024;
    /** A turn that shows more than this moves its largest parts, bytes. */
    static final int MAX_TURN_BYTES = 256 * 1024;
    /** What stays of a moved text: beginning and end together, bytes. */
    static final int EXCERPT_BYTES = 4 * 1024;
    /** For turns of very many parts. */
    private static final int SHORT_EXCERPT_BYTES = 200;

    static ClaimCheck of(List<Part> parts) {
        Plan plan = new Plan(parts);
        plan.moveAbove(MAX_PART_BYTES, EXCERPT_BYTES, Integer.MAX_VALUE);
        plan.moveAbove(EXCERPT_BYTES, EXCERPT_BYTES, MAX_TURN_BYTES);
        plan.moveAbove(SHORT_EXCERPT_BYTES, SHORT_EXCERPT_BYTES, MAX_TURN_BYTES);
        return new ClaimCheck(List.copyOf(plan.parts), plan.blobs);
    }

    private static final class Plan {
        private final List<Part> parts;
        private final Map<String, String> blobs = new LinkedHashMap<>();
        private long shown;

        Plan(List<Part> parts) {
            this.parts = new ArrayList<>(parts);
            this.shown = parts.stream().mapToLong(Plan::shownBytes).sum();
        }

        /** Moves the inline texts larger than {@code bytes}, largest first; below {@code goal} it stops. */
        void moveAbove(int bytes, int excerptBytes, int goal) {
            List<Integer> largestFirst = IntStream.range(0, parts.size()).boxed()
                    .filter(i -> shownBytes(parts.get(i)) > bytes)
                    .sorted(Comparator.comparingLong((Integer i) -> -shownBytes(parts.get(i)))).toList();
            for (int i : largestFirst) {
                if (goal != Integer.MAX_VALUE && shown <= goal) {
                    return;
                }
                move(i, excerptBytes);
            }
        }

        private void move(int index, int excerptBytes) {
            Part part = parts.get(index);
            String excerpt = part instanceof Part.Image ? "" : Excerpt.of(part.content().shown(), excerptBytes);
            Content moved = switch (part.content()) {
                case Content.Inline(String text) -> {
                    String sha256 = Sha256.hex(text);
                    blobs.put(sha256, text);
                    yield new Content.Reference(sha256, Sha256.utf8Length(text), excerpt);
                }
                case Content.Reference(String sha256, long bytes, String _) ->
                    new Content.Reference(sha256, bytes, excerpt);
            };
            shown -= shownBytes(part);
            parts.set(index, part.withContent(moved));
            shown += shownBytes(parts.get(index));
        }

        private static long shownBytes(Part part) {
            return Sha256.utf8Length(part.content().shown());
        }
    }
}
