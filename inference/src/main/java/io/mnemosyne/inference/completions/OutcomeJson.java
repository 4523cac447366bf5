package io.mnemosyne.inference.completions;

import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionResult;

/** Outcomes as JSON text, the form in which calls are recorded; the kind of outcome is the field {@code kind}. */
public final class OutcomeJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(ObservationResult.Outcome.class, ObservationKinds.class)
            .addMixIn(ReflectionResult.Outcome.class, ReflectionKinds.class)
            .addMixIn(SummaryResult.Outcome.class, SummaryKinds.class)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A list that was not recorded yet has no elements.
            .withConfigOverride(List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private OutcomeJson() {
    }

    /** Deterministic JSON of an outcome or of any record of the vocabulary. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * The outcome of an observation.
     *
     * @throws UncheckedIOException if the text is none
     */
    public static ObservationResult.Outcome observation(String json) {
        return read(json, ObservationResult.Outcome.class);
    }

    /**
     * The outcome of a reflection.
     *
     * @throws UncheckedIOException if the text is none
     */
    public static ReflectionResult.Outcome reflection(String json) {
        return read(json, ReflectionResult.Outcome.class);
    }

    /**
     * The outcome of a request for a summary.
     *
     * @throws UncheckedIOException if the text is none
     */
    public static SummaryResult.Outcome summary(String json) {
        return read(json, SummaryResult.Outcome.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a recorded response is no " + type.getName(), e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = ObservationResult.Observed.class, name = "observed"),
            @JsonSubTypes.Type(value = ObservationResult.Nothing.class, name = "nothing"),
            @JsonSubTypes.Type(value = ObservationResult.Failed.class, name = "failed"),
            @JsonSubTypes.Type(value = ObservationResult.Expired.class, name = "expired"),
            @JsonSubTypes.Type(value = ObservationResult.Idle.class, name = "idle")})
    private interface ObservationKinds {
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = ReflectionResult.Reflected.class, name = "reflected"),
            @JsonSubTypes.Type(value = ReflectionResult.Failed.class, name = "failed"),
            @JsonSubTypes.Type(value = ReflectionResult.Expired.class, name = "expired")})
    private interface ReflectionKinds {
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = SummaryResult.Summarized.class, name = "summarized"),
            @JsonSubTypes.Type(value = SummaryResult.Failed.class, name = "failed"),
            @JsonSubTypes.Type(value = SummaryResult.Expired.class, name = "expired")})
    private interface SummaryKinds {
    }
}
