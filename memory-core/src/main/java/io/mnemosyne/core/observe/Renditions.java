package io.mnemosyne.core.observe;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.Turn;

/** Makes turns fit to be sent to an observer: small enough, and without what nobody said ({@link Injected}). */
public final class Renditions {
    /** Limits of one content that {@link #fit} tries, in bytes. */
    private static final int LONGEST = 16_384;
    private static final int SHORTEST = 128;
    /** Largest content of a part that is kept for the observer, in bytes. */
    private static final int KEPT = 6 * 1024;

    /** What the mark of an excerpt says in front of a remark. */
    private static final String LEFT_OUT = " bytes left out";

    private Renditions() {
    }

    /** The turn as it is kept until it is observed. */
    public static Rendition of(Turn turn) {
        return of(turn, KEPT);
    }

    /**
     * The turn with every content that is larger than {@code maxBytesPerPart} clipped to its beginning and end. A
     * clipped content is a reference that keeps the hash and size of the whole text; the arguments of a clipped tool
     * call are therefore no valid JSON any more. An image is shown by its type and size alone. Where something was cut
     * out, the turn is named by which it can be read in full.
     *
     * @param maxBytesPerPart limit of one content as shown, in UTF-8 bytes; at least 100
     */
    public static Rendition of(Turn turn, int maxBytesPerPart) {
        List<Part> parts = turn.parts().stream().flatMap(part -> said(part, turn.seq()).stream())
                .map(part -> clip(part, turn.seq(), maxBytesPerPart)).toList();
        return new Rendition(turn.seq(), turn.role(), turn.body().origin().at(), turn.tokens(), parts);
    }

    /**
     * The same turns with their largest contents clipped further, all to one limit, until everything shown fits.
     * Where even excerpts of {@value #SHORTEST} bytes are too many, the oldest turns are left out.
     *
     * @param maxBytes limit of all contents together as shown and of their ids and names, in UTF-8 bytes
     */
    public static List<Rendition> fit(List<Rendition> turns, long maxBytes) {
        List<Rendition> fitting = turns;
        for (int limit = LONGEST; limit >= SHORTEST && bytesShown(fitting) > maxBytes; limit -= limit / 4) {
            fitting = clip(turns, limit);
        }
        while (bytesShown(fitting) > maxBytes) {
            fitting = fitting.subList(1, fitting.size());
        }
        return fitting;
    }

    private static List<Rendition> clip(List<Rendition> turns, int maxBytesPerPart) {
        return turns.stream().map(turn -> new Rendition(turn.seq(), turn.role(), turn.at(), turn.tokens(),
                turn.parts().stream().map(part -> clip(part, turn.seq(), maxBytesPerPart)).toList())).toList();
    }

    private static long bytesShown(List<Rendition> turns) {
        return turns.stream().flatMap(turn -> turn.parts().stream())
                .mapToLong(part -> Sha256.utf8Length(part.content().shown()) + frameBytes(part)).sum();
    }

    private static long frameBytes(Part part) {
        return switch (part) {
            case Part.ToolCall call -> Sha256.utf8Length(call.id()) + Sha256.utf8Length(call.name());
            case Part.ToolResult result -> Sha256.utf8Length(result.callId()) + Sha256.utf8Length(result.toolName());
            case Part.Image image -> Sha256.utf8Length(image.mediaType());
            case Part.Text _,Part.Thinking _ -> 0;
        };
    }

    /** The part without injected text; a text that was nothing else is left out, a result keeps its call company. */
    private static Optional<Part> said(Part part, long seq) {
        if (!(part instanceof Part.Text) && !(part instanceof Part.ToolResult)) {
            return Optional.of(part);
        }
        Content whole = part.content();
        String said = Injected.strip(whole.shown());
        if (whole instanceof Content.Reference) {
            said = said.replace(LEFT_OUT + Excerpt.MARK_END, LEFT_OUT + recall(seq) + Excerpt.MARK_END);
        }
        if (said.equals(whole.shown())) {
            return Optional.of(part);
        }
        return said.isBlank() && part instanceof Part.Text
                ? Optional.empty()
                : Optional.of(part.withContent(excerpt(whole, said)));
    }

    private static String recall(long seq) {
        return ", to be recalled by turn " + seq;
    }

    private static Part clip(Part part, long seq, int maxBytes) {
        if (part instanceof Part.Image image) {
            return image.withContent(excerpt(image.content(),
                    "[image " + image.mediaType() + ", " + image.content().bytes() + " bytes]"));
        }
        Content content = part.content();
        if (Sha256.utf8Length(content.shown()) <= maxBytes) {
            return part;
        }
        return part.withContent(excerpt(content, Excerpt.of(content.shown(), maxBytes, recall(seq))));
    }

    private static Content excerpt(Content content, String shown) {
        return switch (content) {
            case Content.Inline(String text) -> new Content.Reference(Sha256.hex(text), content.bytes(), shown);
            case Content.Reference(String sha256, long bytes, String _) -> new Content.Reference(sha256, bytes, shown);
        };
    }
}
