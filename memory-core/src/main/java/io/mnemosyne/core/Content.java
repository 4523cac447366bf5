package io.mnemosyne.core;

/** The text of a part: carried along, or kept elsewhere under its hash. */
public sealed interface Content {

    /** What can be shown without fetching anything: the whole text or its excerpt. */
    String shown();

    /** Size of the whole text in UTF-8 bytes. */
    long bytes();

    static Content of(String text) {
        return new Inline(text);
    }

    /** The whole text. */
    record Inline(String text) implements Content {
        @Override
        public String shown() {
            return text;
        }

        @Override
        public long bytes() {
            return Sha256.utf8Length(text);
        }
    }

    /**
     * A text kept elsewhere: as a blob, or in the turn that a rendition was clipped from.
     *
     * @param sha256 lower-case hex SHA-256 of the whole text in UTF-8
     * @param bytes size of the whole text in UTF-8 bytes
     * @param excerpt its beginning and end, with the omission marked
     */
    record Reference(String sha256, long bytes, String excerpt) implements Content {
        @Override
        public String shown() {
            return excerpt;
        }
    }
}
