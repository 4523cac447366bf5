package io.mnemosyne.launcher.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;

/** The README's example, compiled and run. */
final class ProduceFromJava {
    private ProduceFromJava() {
    }

    static void produce(String kafka, String registryUrl) throws Exception {
        // README:
        var ids = new RegistrySchemaIds(RegistrySettings.of(registryUrl));
        var serdes = new TopicSerdes(ids, TopicNames.plain());
        var settings = Map.<String, Object>of("bootstrap.servers", kafka, "acks", "all",
                "partitioner.class", ThreadPartitioner.class);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serdes.rawTurns().serializer())) {
            var turn = new RawTurn("t-4", Role.USER, List.of(new Part.Text(Content.of("And OpenSearch?"))),
                    Origin.at(Instant.now()));
            producer.send(new ProducerRecord<>("turns.raw", "default/my-thread", turn)).get();
        }
        // :README
    }
}
