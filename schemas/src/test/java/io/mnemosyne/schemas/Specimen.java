package io.mnemosyne.schemas;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.TraceId;

/** One fixed value of a core type with every field set: a text says the name of its field, a number is its position. */
final class Specimen {
    private static final Instant TIME = Instant.parse("2026-11-21T10:15:30.123456Z");

    private Specimen() {
    }

    static <T> T of(Class<T> type) {
        return type.cast(ofType(type, "value", 0));
    }

    private static Object ofType(Type type, String name, int position) {
        if (type instanceof ParameterizedType generic) {
            Object element = ofType(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1], name,
                    position);
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "List" -> List.of(element);
                case "Map" -> Map.of("key", element);
                case "Optional" -> Optional.of(element);
                default -> throw new IllegalArgumentException("no specimen of " + type);
            };
        }
        return ofClass((Class<?>) type, name, position);
    }

    private static Object ofClass(Class<?> type, String name, int position) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == ZoneId.class) {
            return ZoneId.of("Europe/Berlin");
        }
        if (type.isSealed()) {
            return ofRecord(type.getPermittedSubclasses()[0]);
        }
        return switch (type.getSimpleName()) {
            case "String" -> name;
            case "TraceId" -> new TraceId("0af7651916cd43dd8448eb211c80319c");
            case "SpanId" -> new SpanId("b7ad6b7169203331");
            case "Double" -> 0.5;
            case "Long", "long" -> (long) position;
            case "int" -> position;
            case "double", "Float" -> type == double.class ? (Object) 0.5 : (Object) 0.5f;
            case "boolean" -> true;
            case "OptionalLong" -> OptionalLong.of(position);
            case "Instant" -> TIME;
            case "LocalDate" -> LocalDate.of(2026, 11, 21);
            case "ThreadKey" -> new ThreadKey("tenant", "thread");
            case "SeqRange" -> new SeqRange(1, 2);
            default -> ofRecord(type);
        };
    }

    private static Object ofRecord(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Arrays.setAll(values, i -> ofType(components[i].getGenericType(), components[i].getName(), i));
        try {
            return CoreValues.canonical(type).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + type, e);
        }
    }
}
