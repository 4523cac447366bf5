package io.mnemosyne.trace.send;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;

/** Gathers the attributes of a span. Of two with one name the first stays. */
final class Attributes {
    private final Map<String, AnyValue> values = new TreeMap<>();

    Attributes add(String name, AnyValue value) {
        values.putIfAbsent(name, value);
        return this;
    }

    Attributes add(String name, String text) {
        return add(name, OtlpValues.text(text));
    }

    Attributes add(String name, Optional<String> text) {
        text.ifPresent(present -> add(name, present));
        return this;
    }

    /** Whatever the JSON text stands for. */
    Attributes addJson(String name, String json) {
        OtlpValues.json(json).ifPresent(value -> add(name, value));
        return this;
    }

    List<KeyValue> list() {
        return values.entrySet().stream()
                .map(entry -> KeyValue.newBuilder().setKey(entry.getKey()).setValue(entry.getValue()).build()).toList();
    }
}
