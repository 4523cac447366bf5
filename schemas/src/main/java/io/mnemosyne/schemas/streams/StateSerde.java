package io.mnemosyne.schemas.streams;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Values of state stores as CBOR, for records with {@code Optional}, {@code Instant} and collections. Times keep their
 * nanoseconds, unknown properties are ignored, so that a state may gain and lose fields. A state is private to its
 * topology: a change that this does not bridge needs a new store name and a rebuild.
 *
 * <p>A sealed type needs to be told how its cases are named: pass a mapper made from {@link #mapper()} with mix-ins.
 *
 * @param <T> a record
 */
public final class StateSerde<T> implements Serde<T> {
    private static final ObjectMapper MAPPER = mapper();

    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final String name;

    private StateSerde(Class<T> type, ObjectMapper mapper) {
        this.reader = mapper.readerFor(type);
        this.writer = mapper.writerFor(type);
        this.name = type.getSimpleName();
    }

    public static <T> StateSerde<T> of(Class<T> type) {
        return new StateSerde<>(type, MAPPER);
    }

    /** With a mapper of one's own, for example with mix-ins for sealed types; it must not be changed afterwards. */
    public static <T> StateSerde<T> of(Class<T> type, ObjectMapper mapper) {
        return new StateSerde<>(type, mapper);
    }

    /** A new mapper with the settings that states are kept with. */
    public static ObjectMapper mapper() {
        return CBORMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // A list that an older version did not keep yet has no elements.
                .withConfigOverride(List.class,
                        list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .build();
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> write(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    private byte @Nullable [] write(@Nullable T value) {
        if (value == null) {
            return null;
        }
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new SerializationException("cannot write a " + name + " as state", e);
        }
    }

    private @Nullable T read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return reader.readValue(bytes);
        } catch (IOException e) {
            throw new SerializationException("cannot read a " + name
                    + " from state; if its shape was changed, give the store a new name so that it is rebuilt", e);
        }
    }
}
