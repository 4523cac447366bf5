package io.mnemosyne.schemas.topics;

import java.util.regex.Pattern;

/**
 * Names of topics, subjects and applications in one deployment.
 *
 * @param prefix put before every name, for example {@code staging.}; empty for none
 */
public record TopicNames(String prefix) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    /** @throws IllegalArgumentException if the prefix has a character that a topic name must not have */
    public TopicNames {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix '" + prefix + "' must be at most 100 characters out of A-Z a-z 0-9 . _ -");
        }
    }

    /** Names without a prefix. */
    public static TopicNames plain() {
        return new TopicNames("");
    }

    public String of(Topic topic) {
        return prefix + topic.name();
    }

    /** The registry's subject for the values of a topic. */
    public String subjectOf(Topic topic) {
        return of(topic) + "-value";
    }

    /** The application id, and so the consumer group, of a stage. */
    public String applicationId(String stage) {
        return prefix + stage;
    }
}
