package io.mnemosyne.bench.redact;

import java.util.List;

/** Texts made to cost much: a link repeated. */
final class Hostile {
    private static final List<String> LINKS = List.of("password=", "pwd=\"", "token: ", "eyJ", "://a:",
            "-----BEGIN PRIVATE" + " KEY-----\n", "sk-ant-", "[REDACTED:", "password=" + "\\".repeat(1_000),
            "pwd=a1b2c3d4e5f6 ", "abcdefghijklmnopqrstuvwxyzABCDEF", "datadog_heroku_okta_");
    private static final List<Integer> LENGTHS = List.of(1 << 18, 1 << 20, 1 << 22);
    private static final int SHOWN = 24;

    private Hostile() {
    }

    /** Nanoseconds a character at growing lengths. */
    static String table(Measured redactor) {
        StringBuilder table = new StringBuilder("| link | 256 Ki | 1 Mi | 4 Mi |\n|---|---|---|---|\n");
        redactor.nanos(LINKS.getFirst().repeat(LENGTHS.getFirst()));
        for (String link : LINKS) {
            table.append("| `").append(shown(link)).append("` |");
            for (int length : LENGTHS) {
                String text = link.repeat(length / link.length());
                table.append(" %.1f |".formatted((double) redactor.nanos(text) / text.length()));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String shown(String link) {
        String line = link.replace("\n", "\\n");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}
