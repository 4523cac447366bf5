package io.mnemosyne.context;

import java.util.function.Function;

import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.view.ViewInput;

/** Reads the records of one topic as inputs of the view; a tombstone stays one. */
final class ViewInputs<T> implements Deserializer<ViewInput> {
    private final Deserializer<T> records;
    private final Function<T, ViewInput> as;

    ViewInputs(Deserializer<T> records, Function<T, ViewInput> as) {
        this.records = records;
        this.as = as;
    }

    @Override
    public @Nullable ViewInput deserialize(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : as.apply(records.deserialize(topic, bytes));
    }
}
