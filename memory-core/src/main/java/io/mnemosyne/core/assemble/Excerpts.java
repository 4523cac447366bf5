package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Shortens long turns to their beginning and end, the longest first, each omission marked. An image stays whole where it
 * leaves room for some text, else a line stands for it.
 */
final class Excerpts {
    /** Below this an excerpt says too little to be worth its place, tokens. */
    private static final long SMALLEST = 100;

    /** Where clipping starts from: prose has 4 to 5 characters per token, code less. */
    private static final int MOST_CHARS_PER_TOKEN = 5;

    private final TokenCounter counter;

    Excerpts(TokenCounter counter) {
        this.counter = counter;
    }

    /**
     * The turns with the longest ones shortened to one common size, so that all fit together.
     *
     * @param whole which turns must stay whole; they do not count towards the target
     * @param target tokens for the others
     * @return empty if excerpts that small would say too little
     */
    Optional<List<SizedTurn>> fit(List<SizedTurn> turns, Predicate<SizedTurn> whole, long target) {
        List<Long> sizes = turns.stream().filter(whole.negate()).map(SizedTurn::tokens).sorted().toList();
        long cap = commonCap(sizes, target);
        if (!sizes.isEmpty() && cap < Math.min(SMALLEST, sizes.getLast())) {
            return Optional.empty();
        }
        List<SizedTurn> fitted = new ArrayList<>();
        for (SizedTurn turn : turns) {
            Optional<SizedTurn> shown = whole.test(turn) || turn.tokens() <= cap
                    ? Optional.of(turn)
                    : shorten(turn, cap);
            if (shown.isEmpty()) {
                return Optional.empty();
            }
            fitted.add(shown.get());
        }
        return Optional.of(fitted);
    }

    /** The largest cap with {@code sum(min(size, cap)) <= target}. */
    static long commonCap(List<Long> ascending, long target) {
        long left = target;
        for (int i = 0; i < ascending.size(); i++) {
            long share = left / (ascending.size() - i);
            if (ascending.get(i) > share) {
                return share;
            }
            left -= ascending.get(i);
        }
        return Long.MAX_VALUE;
    }

    private Optional<SizedTurn> shorten(SizedTurn sized, long cap) {
        Turn turn = sized.turn();
        long images = turn.parts().stream().filter(Excerpts::isWholeImage).count() * TokenCounter.IMAGE_TOKENS;
        boolean keepImages = images <= cap - SMALLEST;
        long room = keepImages ? cap - images : cap;
        for (long keep = room * MOST_CHARS_PER_TOKEN; keep > 0; keep = keep * 2 / 3) {
            Turn clipped = clip(turn, keep, keepImages);
            long tokens = counter.count(TurnText.of(clipped)) + TurnText.JOINT;
            if (tokens <= room) {
                return Optional.of(new SizedTurn(clipped, tokens + cap - room));
            }
        }
        return Optional.empty();
    }

    /** An excerpt of an image, as it stands for a blob that was not read, shows nothing. */
    private static boolean isWholeImage(Part part) {
        return part instanceof Part.Image && part.content() instanceof Content.Inline;
    }

    private static Turn clip(Turn turn, long keepChars, boolean keepImages) {
        List<Long> lengths = turn.parts().stream().filter(part -> !(part instanceof Part.Image))
                .map(part -> (long) part.content().shown().length()).sorted().toList();
        long cap = commonCap(lengths, keepChars);
        List<Part> parts = turn.parts().stream().map(part -> part instanceof Part.Image image
                ? keepImages && isWholeImage(image) ? image : new Part.Text(Content.of(CutText.omission(turn, image)))
                : clip(turn, part, cap)).toList();
        return new Turn(turn.thread(), turn.incarnation(), turn.seq(), turn.body().withParts(parts), turn.tokens(),
                turn.objects());
    }

    private static Part clip(Turn turn, Part part, long cap) {
        String text = part.content().shown();
        if (text.length() <= cap) {
            return part;
        }
        int head = aligned(text, (int) (cap / 2));
        int tail = aligned(text, text.length() - (int) (cap / 2));
        String shown = text.substring(0, head) + CutText.omission(turn, tail - head, text.length())
                + text.substring(tail);
        return part.withContent(new Content.Reference(Sha256.hex(text), part.content().bytes(), shown));
    }

    /** A place at or before {@code index} that does not split a surrogate pair. */
    private static int aligned(String text, int index) {
        boolean splits = index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return splits ? index - 1 : index;
    }
}
