package io.mnemosyne.index;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;

/** What all documents of one incarnation of a thread have in common. */
record Documents(ThreadKey thread, long incarnation) {

    /** The document of a row, which is the record key of that row. */
    String id(String row) {
        return thread.row(incarnation + "." + row);
    }

    /** Fields of a document that somebody else gives its content: no search finds it until then. */
    Map<String, Object> owned() {
        Map<String, Object> fields = new HashMap<>();
        fields.put(Field.OWNER, thread.toString());
        fields.put(Field.INCARNATION, incarnation);
        return fields;
    }

    /** Fields of a document with content. */
    Map<String, Object> found(String subject, Enum<?> kind, SeqRange seqs, Instant at) {
        return found(subject, lower(kind), seqs, at);
    }

    /** Fields of a document with content. */
    Map<String, Object> found(String subject, String kind, SeqRange seqs, Instant at) {
        Map<String, Object> fields = owned();
        fields.put(Field.TENANT, thread.tenant());
        fields.put(Field.THREAD, thread.thread());
        fields.put(Field.SUBJECT, subject);
        fields.put(Field.KIND, kind);
        fields.put(Field.FROM_SEQ, seqs.from());
        fields.put(Field.TO_SEQ, seqs.to());
        fields.put(Field.TIME, at.toString());
        return fields;
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
