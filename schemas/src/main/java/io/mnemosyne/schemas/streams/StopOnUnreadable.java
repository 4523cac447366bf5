package io.mnemosyne.schemas.streams;

import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops at a record that cannot be read. Between the stages every record counts: skipping one would break the gapless order
 * of a thread without a trace. Records of foreign producers never come here, since ingest reads them as bytes.
 */
public final class StopOnUnreadable implements DeserializationExceptionHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(StopOnUnreadable.class);

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record,
            Exception exception) {
        LOGGER.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", exception.getMessage())
                .log("cannot read a record of another stage; stopping here");
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // nothing to configure
    }
}
