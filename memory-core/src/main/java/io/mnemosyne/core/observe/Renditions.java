package io.mnemosyne.core.observe;

import java.util.List;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.Turn;

/** Makes turns small enough to be sent to an observer. */
public final class Renditions {
    private Renditions() {
    }

    /**
     * The turn with every content that is larger than {@code maxBytesPerPart} clipped to its beginning and end. A
     * clipped content is a reference that keeps the hash and size of the whole text; the arguments of a clipped tool
     * call are therefore no valid JSON any more. An image is shown by its type and size alone.
     *
     * @param maxBytesPerPart limit of one content as shown, in UTF-8 bytes; at least 100
     */
    public static Rendition of(Turn turn, int maxBytesPerPart) {
        List<Part> parts = turn.parts().stream().map(part -> clip(part, maxBytesPerPart)).toList();
        return new Rendition(turn.seq(), turn.role(), turn.body().origin().at(), turn.tokens(), parts);
    }

    private static Part clip(Part part, int maxBytes) {
        if (part instanceof Part.Image image) {
            return image.withContent(excerpt(image.content(),
                    "[image " + image.mediaType() + ", " + image.content().bytes() + " bytes]"));
        }
        Content content = part.content();
        if (Sha256.utf8Length(content.shown()) <= maxBytes) {
            return part;
        }
        return part.withContent(excerpt(content, Excerpt.of(content.shown(), maxBytes)));
    }

    private static Content excerpt(Content content, String shown) {
        return switch (content) {
            case Content.Inline(String text) -> new Content.Reference(Sha256.hex(text), content.bytes(), shown);
            case Content.Reference(String sha256, long bytes, String _) -> new Content.Reference(sha256, bytes, shown);
        };
    }
}
