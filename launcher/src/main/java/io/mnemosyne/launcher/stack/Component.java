package io.mnemosyne.launcher.stack;

/** What the local stack consists of, in the order in which it is needed; it is stopped in the reverse order. */
public enum Component {
    KAFKA("kafka", 9092),
    REGISTRY("registry", 8081),
    OPENSEARCH("opensearch", 9200),
    PIPELINE("pipeline", 8080);

    private final String label;
    private final int defaultPort;

    Component(String label, int defaultPort) {
        this.label = label;
        this.defaultPort = defaultPort;
    }

    /** The name in messages, log files and settings. */
    public String label() {
        return label;
    }

    /** The port that it listens on unless told otherwise; for the pipeline, its REST port. */
    public int defaultPort() {
        return defaultPort;
    }
}
