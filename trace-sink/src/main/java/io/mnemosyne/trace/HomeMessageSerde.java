package io.mnemosyne.trace;

import java.util.Arrays;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StateSerde;

/** A byte that says which message it is, and behind it spans as in their topic and everything else as in a state. */
final class HomeMessageSerde implements Serde<HomeMessage> {
    private static final byte TOLD = 0;
    private static final byte TOLD_BY_OTHERS = 1;
    private static final byte ASK = 2;
    private static final byte ANSWER = 3;

    private final Serde<SpanRecord> spans;
    private final Serde<HomeMessage.Ask> asks = StateSerde.of(HomeMessage.Ask.class);
    private final Serde<HomeMessage.Answer> answers = StateSerde.of(HomeMessage.Answer.class);

    HomeMessageSerde(TopicSerdes serdes) {
        this.spans = serdes.spans();
    }

    @Override
    public Serializer<HomeMessage> serializer() {
        return this::write;
    }

    @Override
    public Deserializer<HomeMessage> deserializer() {
        return this::read;
    }

    private byte @Nullable [] write(String topic, @Nullable HomeMessage message) {
        return switch (message) {
            case null -> null;
            case HomeMessage.Told(SpanRecord told) -> framed(TOLD, spans.serializer().serialize(topic, told));
            case HomeMessage.ToldByOthers(SpanRecord told) ->
                framed(TOLD_BY_OTHERS, spans.serializer().serialize(topic, told));
            case HomeMessage.Ask ask -> framed(ASK, asks.serializer().serialize(topic, ask));
            case HomeMessage.Answer answer -> framed(ANSWER, answers.serializer().serialize(topic, answer));
        };
    }

    private @Nullable HomeMessage read(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] value = Arrays.copyOfRange(bytes, 1, bytes.length);
        return switch (bytes[0]) {
            case TOLD -> new HomeMessage.Told(spans.deserializer().deserialize(topic, value));
            case TOLD_BY_OTHERS -> new HomeMessage.ToldByOthers(spans.deserializer().deserialize(topic, value));
            case ASK -> asks.deserializer().deserialize(topic, value);
            case ANSWER -> answers.deserializer().deserialize(topic, value);
            default -> throw new SerializationException("a message between homes begins with the unknown byte "
                    + bytes[0] + "; stop the older instances of the trace sink and start again");
        };
    }

    private static byte[] framed(byte kind, byte[] value) {
        byte[] framed = new byte[value.length + 1];
        framed[0] = kind;
        System.arraycopy(value, 0, framed, 1, value.length);
        return framed;
    }
}
