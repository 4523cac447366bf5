package io.mnemosyne.launcher.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A combined broker and controller on loopback.
 *
 * @param logDirectory holds topics and cluster metadata
 * @param port that clients connect to
 * @param controllerPort used only inside this process; may differ from run to run
 */
record BrokerProperties(Path logDirectory, int port, int controllerPort) {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";
    /** Largest batch of records: 16 MiB of record and room for its envelope. */
    static final int MAX_MESSAGE_BYTES = 17 * 1024 * 1024;

    Map<String, String> asMap() {
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(NODE_ID));
        all.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("controller.listener.names", CONTROLLER);
        all.put("inter.broker.listener.name", "PLAINTEXT");
        all.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        all.put("log.dirs", logDirectory.toString());
        all.put("auto.create.topics.enable", "false");
        // How long purged records stay on disk after their file was closed.
        all.put("log.retention.check.interval.ms", "30000");
        all.putAll(oneReplica());
        all.putAll(largeRecords());
        all.putAll(smallMachine());
        return all;
    }

    private static Map<String, String> oneReplica() {
        return Map.of("offsets.topic.replication.factor", "1", "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1", "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1", "default.replication.factor", "1");
    }

    private static Map<String, String> largeRecords() {
        String bytes = Integer.toString(MAX_MESSAGE_BYTES);
        return Map.of("message.max.bytes", bytes, "replica.fetch.max.bytes", bytes, "socket.request.max.bytes",
                Integer.toString(4 * MAX_MESSAGE_BYTES));
    }

    private static Map<String, String> smallMachine() {
        return Map.of("group.initial.rebalance.delay.ms", "0", "offsets.topic.num.partitions", "6",
                "transaction.state.log.num.partitions", "6", "share.coordinator.state.topic.num.partitions", "1",
                "log.cleaner.dedupe.buffer.size", "2097152", "num.network.threads", "2", "num.io.threads", "4");
    }
}
