package io.mnemosyne.schemas.topics;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class TopicDifferencesTest {

    static List<Topic> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldFindNothingInATopicAsItIsCreated(Topic topic) {
        // given
        var created = TopicAdmin.newTopic(topic.name(), topic);
        // when, then
        assertThat(TopicDifferences.of(topic.name(), topic, created.numPartitions(), created.configs())).isEmpty();
    }

    @Test
    void shouldNameAllDifferencesAtOnce() {
        // given
        Map<String, String> foreign = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "delete",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000");
        // when
        List<String> problems = TopicDifferences.of("staging.turns", Topics.TURNS, 12, foreign);
        // then
        assertThat(problems).hasSize(3).allMatch(problem -> problem.startsWith("staging.turns has "));
        assertThat(problems.getFirst()).contains("12 partitions instead of 6");
    }

    @Test
    void shouldAcceptARoomierTopic() {
        // given
        Map<String, String> roomy = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "99000000");
        // when, then
        assertThat(TopicDifferences.of("turns", Topics.TURNS, Topics.PARTITIONS, roomy)).isEmpty();
    }
}
