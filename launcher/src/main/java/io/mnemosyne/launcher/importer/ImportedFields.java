package io.mnemosyne.launcher.importer;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.mnemosyne.core.Origin;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;
import io.mnemosyne.core.transcript.SourceTime;

/** Reads optional fields out of JSON that another program wrote. */
final class ImportedFields {
    private static final String TIMESTAMP = "timestamp";
    static final ImportedFields NONE = new ImportedFields("{}", Map.of());

    private final String json;
    private final Map<String, String> fields;

    private ImportedFields(String json, Map<String, String> fields) {
        this.json = json;
        this.fields = fields;
    }

    static ImportedFields of(String json) throws InvalidTurnException {
        return new ImportedFields(json, RawJson.fields(json));
    }

    /** The whole object as it was written. */
    String json() {
        return json;
    }

    /** The object in a field; without it the object is empty. */
    ImportedFields object(String name) throws InvalidTurnException {
        Optional<String> raw = raw(name).filter(RawJson::isObject);
        return raw.isEmpty() ? NONE : of(raw.get());
    }

    /** The objects of an array; empty if the field is missing or no array. */
    List<ImportedFields> objects(String name) throws InvalidTurnException {
        List<ImportedFields> objects = new ArrayList<>();
        Optional<String> raw = raw(name).filter(RawJson::isArray);
        if (raw.isPresent()) {
            for (String element : RawJson.elements(raw.get())) {
                objects.add(of(element));
            }
        }
        return objects;
    }

    Optional<String> string(String name) throws InvalidTurnException {
        Optional<String> raw = raw(name).filter(RawJson::isString);
        return raw.isEmpty() ? Optional.empty() : Optional.of(RawJson.string(raw.get()));
    }

    boolean isTrue(String name) {
        return raw(name).filter("true"::equals).isPresent();
    }

    /** A field as it was written; empty if missing or null. */
    Optional<String> raw(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.equals("null"));
    }

    /**
     * Where a turn of this record comes from. A {@code timestamp} that names no instant is no reason to lose the turn: its
     * time is unknown, and the field is carried along as it was written.
     */
    Origin origin(long index, Optional<String> messageId, Optional<String> model, Map<String, String> attributes)
            throws InvalidTurnException {
        Optional<Instant> at = time();
        Map<String, String> all = new TreeMap<>(attributes);
        raw(TIMESTAMP).filter(_ -> at.isEmpty()).ifPresent(time -> all.put(TIMESTAMP, time));
        return new Origin(at, OptionalLong.of(index), messageId, model, Optional.empty(), OptionalLong.empty(),
                Optional.empty(), Optional.empty(), all);
    }

    private Optional<Instant> time() throws InvalidTurnException {
        try {
            return string(TIMESTAMP).flatMap(SourceTime::instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
