package io.mnemosyne.launcher.logs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * A log line as one JSON object: {@code time}, {@code level}, {@code logger}, {@code message}, {@code jvm_thread}; what the
 * line says in fields, such as {@code thread} for the conversation; {@code trace_id} and {@code span_id} of the request that
 * it belongs to; {@code cause} with {@code type}, {@code message} and {@code stack}.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(json, event);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into memory", e);
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    private static void write(JsonGenerator json, ILoggingEvent event) throws IOException {
        Map<String, String> fields = new TreeMap<>(event.getMDCPropertyMap());
        Optional.ofNullable(event.getKeyValuePairs())
                .ifPresent(pairs -> pairs.forEach(pair -> fields.put(pair.key, String.valueOf(pair.value))));
        json.writeStartObject();
        json.writeStringField("time", event.getInstant().toString());
        json.writeStringField("level", event.getLevel().toString());
        json.writeStringField("logger", event.getLoggerName());
        json.writeStringField("message", event.getFormattedMessage());
        json.writeStringField("jvm_thread", event.getThreadName());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            json.writeObjectFieldStart("cause");
            json.writeStringField("type", thrown.getClassName());
            json.writeStringField("message", Causes.message(thrown));
            json.writeStringField("stack", Causes.text(thrown));
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
