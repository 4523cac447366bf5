package io.mnemosyne.context;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.Blob;

/** Keeps large texts at hand; the store restores from the topic itself. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class KeepBlobs implements Processor<String, Blob, Void, Void> {
    private KeyValueStore<String, Blob> blobs;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        blobs = context.getStateStore(ContextTopology.BLOBS);
    }

    @Override
    public void process(Record<String, Blob> blob) {
        blobs.put(blob.key(), blob.value());
    }
}
