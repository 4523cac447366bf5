package io.mnemosyne.schemas.streams;

import java.nio.file.Path;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;

class StreamsSettingsTest {
    private static final StreamsSettings SETTINGS = new StreamsSettings("ingest", new TopicNames("staging."),
            "localhost:9092", Path.of("state"), 2, Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "250"));

    private final StreamsConfig config = new StreamsConfig(SETTINGS.properties());

    @Test
    void shouldRunExactlyOnceUnderThePrefixOfTheDeployment() {
        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)).isEqualTo("exactly_once_v2");
        assertThat(config.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("staging.ingest");
    }

    @Test
    void shouldLetAnOverrideTakePrecedence() {
        assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(250);
    }

    @Test
    void shouldReadOnlyWhatIsCommitted() {
        assertThat(config.getMainConsumerConfigs("group", "client", 0))
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }

    @Test
    void shouldSendTheLargestRecordOfTheCatalogue() {
        // given
        int largest = Topics.all().stream().mapToInt(Topic::maxBytes).max().orElseThrow();
        // when
        Object limit = config.getProducerConfigs("client").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        // then
        assertThat((Integer) limit).isGreaterThan(largest);
    }

    @Test
    void shouldLeaveATransactionTheTimeForTurnsOf15MiBWhenABrokerHasItsDefaults() {
        // given a broker refuses producers that ask for more than 15 minutes
        int most = 15 * 60_000;
        // when
        Object timeout = config.getProducerConfigs("client").get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        // then four of them at 1 MiB/s have time
        assertThat((Integer) timeout).isBetween(60_000, most);
    }
}
