package io.mnemosyne.schemas;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.TraceId;

/**
 * Any value of a core type, found by its shape: a record by its components, a sealed type by its cases. A field or case that
 * is added to the core is so tested without a change here.
 */
public final class CoreValues {
    private static final int FEW = 3;
    /** Texts of every UTF-8 length; no half of a surrogate pair, since UTF-8 cannot carry one. */
    private static final Arbitrary<String> TEXT = Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.strings().ascii().ofMaxLength(20)),
            Tuple.of(1, Arbitraries.of("", "ä€", "😀 \u0000 \ufffd", "日本語", "line\r\nline\n")));
    private static final Arbitrary<Long> COUNT = Arbitraries.oneOf(Arbitraries.of(0L, Long.MAX_VALUE),
            Arbitraries.longs().greaterOrEqual(0));
    private static final Map<Type, Arbitrary<?>> KNOWN = Map.ofEntries(
            Map.entry(String.class, TEXT),
            Map.entry(long.class, COUNT),
            Map.entry(int.class, Arbitraries.integers()),
            Map.entry(double.class, Arbitraries.doubles()),
            Map.entry(Double.class, Arbitraries.doubles()),
            Map.entry(Long.class, COUNT),
            Map.entry(TraceId.class, hex(32).map(TraceId::new)),
            Map.entry(SpanId.class, hex(16).map(SpanId::new)),
            Map.entry(boolean.class, Arbitraries.of(true, false)),
            Map.entry(Float.class, Arbitraries.floats()),
            Map.entry(OptionalLong.class, COUNT.map(OptionalLong::of).injectNull(0.3)
                    .map(count -> count == null ? OptionalLong.empty() : count)),
            // before 1970 as well, to the microsecond
            Map.entry(Instant.class, Arbitraries.longs().between(-4_000_000_000_000_000L, 4_000_000_000_000_000L)
                    .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS))),
            Map.entry(LocalDate.class, Arbitraries.integers().between(-50_000, 50_000).map(LocalDate::ofEpochDay)),
            Map.entry(ZoneId.class, Arbitraries.of("Europe/Berlin", "-03:30", "UTC", "Z").map(ZoneId::of)),
            Map.entry(SeqRange.class,
                    Combinators.combine(Arbitraries.longs().between(0, 1_000), Arbitraries.longs().between(0, 99))
                            .as((from, more) -> new SeqRange(from, from + more))),
            Map.entry(ThreadKey.class, Combinators.combine(name(), name()).as(ThreadKey::new)));

    private CoreValues() {
    }

    /** Any value of a type of the vocabulary. */
    @SuppressWarnings("unchecked")
    public static <T> Arbitrary<T> of(Class<T> type) {
        if (type == TurnsRecord.class) {
            return (Arbitrary<T>) ofShape(TurnsRecord.class).map(value -> consistent((TurnsRecord) value));
        }
        return (Arbitrary<T>) ofType(type);
    }

    private static Arbitrary<String> hex(int digits) {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(digits - 1).map(rest -> "1" + rest);
    }

    private static Arbitrary<String> name() {
        return Arbitraries.strings().withChars("azAZ09._:@-").ofMinLength(1).ofMaxLength(10);
    }

    /** A turn belongs to the thread of its record. */
    private static TurnsRecord consistent(TurnsRecord value) {
        if (value.event() instanceof TurnEvent.Appended(Turn turn)) {
            return new TurnsRecord(value.thread(), value.incarnation(), value.source(), new TurnEvent.Appended(
                    new Turn(value.thread(), value.incarnation(), turn.seq(), turn.body(), turn.tokens(),
                            turn.objects())));
        }
        return value;
    }

    private static Arbitrary<?> ofType(Type type) {
        Arbitrary<?> known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        return switch (type) {
            case ParameterizedType generic -> ofContainer(generic);
            case Class<?> shape -> ofShape(shape);
            default -> throw new IllegalArgumentException("no values for " + type);
        };
    }

    private static Arbitrary<?> ofContainer(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        return switch (((Class<?>) type.getRawType()).getSimpleName()) {
            case "List" -> ofType(arguments[0]).list().ofMaxSize(FEW);
            case "Optional" -> ofType(arguments[0]).optional(0.7);
            case "Map" -> Arbitraries.maps(TEXT, ofType(arguments[1])).ofMaxSize(FEW);
            default -> throw new IllegalArgumentException("no values for " + type);
        };
    }

    private static Arbitrary<?> ofShape(Class<?> type) {
        if (type.isEnum()) {
            return Arbitraries.of(Arrays.asList(type.getEnumConstants()));
        }
        if (type.isSealed()) {
            return Arbitraries.of(type.getPermittedSubclasses()).flatMap(CoreValues::ofAny);
        }
        List<Arbitrary<Object>> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType).map(CoreValues::ofAny).toList();
        Constructor<?> constructor = canonical(type);
        return components.isEmpty()
                ? Arbitraries.create(() -> create(constructor, List.of()))
                : Combinators.combine(components)
                        .as((Function<List<Object>, Object>) values -> create(constructor, values));
    }

    /** The constructor of a record that takes all of its components. */
    static Constructor<?> canonical(Class<?> type) {
        try {
            return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Arbitrary<Object> ofAny(Type type) {
        return (Arbitrary<Object>) ofType(type);
    }

    private static Object create(Constructor<?> constructor, List<Object> values) {
        try {
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + constructor, e);
        }
    }
}
