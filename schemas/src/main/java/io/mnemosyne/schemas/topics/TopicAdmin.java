package io.mnemosyne.schemas.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of the catalogue and checks those that exist. */
public final class TopicAdmin {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicAdmin.class);
    /** How long a stopped reader may miss a tombstone. */
    private static final Duration TOMBSTONES = Duration.ofHours(24);

    private TopicAdmin() {
    }

    /**
     * Creates what is missing and checks what exists. Nothing that exists is changed.
     *
     * @throws IllegalStateException if existing topics do not fit the catalogue, naming all differences at once, or if the
     *             broker refuses
     */
    public static void ensure(Admin admin, TopicNames names) {
        Map<String, Topic> wanted = Topics.all().stream().collect(Collectors.toMap(names::of, Function.identity(),
                (one, _) -> one, TreeMap::new));
        Set<String> existing = await(admin.listTopics().names());
        Set<String> present = wanted.keySet().stream().filter(existing::contains).collect(Collectors.toSet());
        validate(wanted, await(admin.describeTopics(present).allTopicNames()), configsOf(admin, present));
        create(admin, wanted.entrySet().stream().filter(topic -> !present.contains(topic.getKey()))
                .map(topic -> newTopic(topic.getKey(), topic.getValue())).toList());
    }

    /** The topic as it is created, replicated as the broker's default says. */
    static NewTopic newTopic(String name, Topic topic) {
        return new NewTopic(name, Optional.of(topic.partitions()), Optional.empty()).configs(configOf(topic));
    }

    private static Map<String, String> configOf(Topic topic) {
        Map<String, String> config = new TreeMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().policy());
        config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxBytes()));
        config.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(topic.segment().toMillis()));
        if (topic.purged()) {
            config.put(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, Long.toString(Topic.PURGED_FILE.toMillis()));
        }
        switch (topic.cleanup()) {
            case COMPACT -> {
                config.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(Topic.MAX_COMPACTION_LAG.toMillis()));
                config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONES.toMillis()));
            }
            case DELETE ->
                config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
        }
        return config;
    }

    private static void validate(Map<String, Topic> wanted, Map<String, TopicDescription> present,
            Map<String, Config> configs) {
        List<String> problems = new ArrayList<>();
        wanted.forEach((name, topic) -> Optional.ofNullable(present.get(name))
                .ifPresent(found -> problems.addAll(TopicDifferences.of(name, topic, found.partitions().size(),
                        valuesOf(name, configs)))));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "existing topics do not fit the catalogue, so records of a thread would miss "
                            + "each other; delete these topics or use another topic prefix:\n  "
                            + String.join("\n  ", problems));
        }
    }

    private static Map<String, String> valuesOf(String name, Map<String, Config> configs) {
        return Optional.ofNullable(configs.get(name)).stream().flatMap(config -> config.entries().stream())
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static Map<String, Config> configsOf(Admin admin, Set<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
        Map<String, Config> configs = new TreeMap<>();
        await(admin.describeConfigs(resources).all())
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private static void create(Admin admin, List<NewTopic> topics) {
        admin.createTopics(topics).values().forEach((name, created) -> {
            if (createdNow(created)) {
                LOGGER.atInfo().addKeyValue("topic", name).log("topic created");
            }
        });
    }

    /** Another instance may have been faster; its topic comes from the same catalogue. */
    private static boolean createdNow(KafkaFuture<Void> created) {
        try {
            await(created);
            return true;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused to create or describe topics: " + e.getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", e);
        }
    }
}
