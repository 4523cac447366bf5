package io.mnemosyne.schemas.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.config.TopicConfig;

/** In what an existing topic differs from its entry in the catalogue, as far as that does harm. */
final class TopicDifferences {
    private TopicDifferences() {
    }

    /**
     * One line for each difference.
     *
     * @param partitions of the existing topic
     * @param config of the existing topic
     */
    static List<String> of(String name, Topic topic, int partitions, Map<String, String> config) {
        List<String> problems = new ArrayList<>();
        if (partitions != topic.partitions()) {
            problems.add(name + " has " + partitions + " partitions instead of " + topic.partitions());
        }
        Optional.ofNullable(config.get(TopicConfig.CLEANUP_POLICY_CONFIG))
                .filter(policy -> !policy.equals(topic.cleanup().policy()))
                .ifPresent(policy -> problems.add(name + " has " + TopicConfig.CLEANUP_POLICY_CONFIG + " '" + policy
                        + "' instead of '" + topic.cleanup().policy() + "'"));
        Optional.ofNullable(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .filter(bytes -> Long.parseLong(bytes) < topic.maxBytes())
                .ifPresent(bytes -> problems.add(name + " has " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " " + bytes
                        + " instead of at least " + topic.maxBytes()));
        return problems;
    }
}
