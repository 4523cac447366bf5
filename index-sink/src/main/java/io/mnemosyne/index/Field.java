package io.mnemosyne.index;

import java.util.List;

/** Names of a document's fields, as the mapping declares them. */
public final class Field {
    /**
     * Tenant and thread as one, in every document, also in one that waits for its text and has no {@link #TENANT} yet: so
     * it can be removed with its thread, and no search finds it.
     */
    static final String OWNER = "owner";
    public static final String TENANT = "tenant";
    public static final String THREAD = "thread";
    public static final String INCARNATION = "incarnation";
    /** Id of the object or segment. */
    public static final String SUBJECT = "subject";
    /** {@code object}, {@code observation}, {@code reflection}, {@code state}, or {@code window} for neighbouring turns. */
    public static final String KIND = "kind";
    /** An object's type in lower case. */
    public static final String TYPE = "type";
    public static final String FROM_SEQ = "from_seq";
    public static final String TO_SEQ = "to_seq";
    /** When its turn was said, as far as that is known; of a segment, when its newest entry was said. */
    public static final String SAID = "said";
    /** An object's tags. */
    public static final String TAGS = "tags";
    /** Of a window: the texts of its first, second and third turn, clipped. */
    public static final List<String> WINDOW_TEXTS = List.of("text0", "text1", "text2");
    /** Of a window: ids of the objects of its first, second and third turn. */
    public static final List<String> WINDOW_OBJECTS = List.of("objects0", "objects1", "objects2");
    /** When the record was written. */
    public static final String TIME = "time";
    public static final String TOOL = "tool";
    public static final String PATH = "path";
    public static final String STUB = "stub";
    public static final String TEXT = "text";
    /** True if {@link #TEXT} is only the excerpt of a text that is kept as a blob. */
    public static final String EXCERPT = "excerpt";
    public static final String TOKENS = "tokens";
    public static final String ERROR = "error";
    public static final String ADMITTED = "admitted";
    /** Lower-case hex SHA-256 of an object's whole text. */
    public static final String CONTENT_HASH = "content_hash";
    /** Id of the older object that this one made stale. */
    public static final String SUPERSEDES = "supersedes";
    /** Id of the newer object that made this one stale. */
    public static final String SUPERSEDED_BY = "superseded_by";
    /** Id of the reflection that took this segment's place. */
    public static final String RETIRED_BY = "retired_by";
    public static final String VECTOR = "vector";
    /** The embedding model of {@link #VECTOR}. */
    public static final String MODEL = "model";

    private Field() {
    }
}
