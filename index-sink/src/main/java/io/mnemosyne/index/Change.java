package io.mnemosyne.index;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.mnemosyne.core.ThreadKey;

/**
 * What a record means for the index. A document's id is the key of the record that it was made of, so that a record that
 * comes twice changes nothing.
 */
sealed interface Change {

    /**
     * Sets fields of one document and leaves its others alone, so that a text that comes again keeps its vector.
     *
     * @param create make the document if there is none; otherwise the change is without effect
     */
    record Merge(String id, Map<String, Object> fields, boolean create) implements Change {
        public Merge {
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        }

        /** Whether this one and then the other one are the same as {@link #with both at once}. */
        boolean joins(Merge next) {
            return id.equals(next.id) && (create || !next.create);
        }

        Merge with(Merge next) {
            Map<String, Object> both = new TreeMap<>(fields);
            both.putAll(next.fields);
            return new Merge(id, both, create);
        }
    }

    /** Removes one document. */
    record Remove(String id) implements Change {
    }

    /** Concerns documents that have to be looked up first. */
    sealed interface ByQuery extends Change {
        ThreadKey thread();
    }

    /** Removes all that is left of a deleted thread: the documents of every incarnation before the given one. */
    record RemoveThread(ThreadKey thread, long before) implements ByQuery {
    }

    /** Marks segments, named by their ids, as retired in favour of another one. */
    record Retire(ThreadKey thread, long incarnation, List<String> segments, String by) implements ByQuery {
        public Retire {
            segments = List.copyOf(segments);
        }
    }
}
