package io.mnemosyne.search;

import java.util.concurrent.CountDownLatch;

import org.opensearch.common.settings.Settings;

/** Runs one node until the JVM is told to exit. Each argument is one OpenSearch setting, {@code name=value}. */
public final class SearchNodeMain {
    private SearchNodeMain() {
    }

    /**
     * Starts the node and stays with it.
     *
     * @throws IllegalArgumentException if an argument is not of the form {@code name=value}
     */
    public static void main(String[] args) throws Exception {
        SearchNode node = new SearchNode(settings(args));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
        node.start();
        new CountDownLatch(1).await();
    }

    private static Settings settings(String[] args) {
        Settings.Builder settings = Settings.builder();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + arg + "' is not a setting: write name=value");
            }
            settings.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return settings.build();
    }

    private static void close(SearchNode node) {
        try {
            node.close();
        } catch (Exception e) {
            System.err.println("the node did not close cleanly, its translog recovers at the next start: " + e);
        }
    }
}
