package io.mnemosyne.launcher.config;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of Kafka clients that Kafka itself treats as passwords. */
final class KafkaClientSecrets {
    private static final Set<String> NAMES = Stream
            .of(AdminClientConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef())
            .flatMap(definition -> definition.configKeys().values().stream())
            .filter(key -> key.type == ConfigDef.Type.PASSWORD).map(key -> Keys.CLIENT_PREFIX + key.name)
            .collect(Collectors.toUnmodifiableSet());

    private KafkaClientSecrets() {
    }

    static boolean isSecret(String name) {
        return NAMES.contains(name);
    }
}
