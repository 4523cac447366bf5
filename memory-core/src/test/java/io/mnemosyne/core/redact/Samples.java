package io.mnemosyne.core.redact;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Invented credentials of every known format, put together at run time so that no scanner takes this file for a leak. */
final class Samples {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String HEX = "0123456789abcdef";

    private final Random random;

    private Samples(long seed) {
        this.random = new Random(seed);
    }

    /** By format: a text with one secret in it, between {@code «} and {@code »}. */
    static Map<String, String> of(long seed) {
        Samples a = new Samples(seed);
        Map<String, String> samples = new TreeMap<>();
        samples.put("aws-access-key-id", "«AK" + "IA" + a.draw(BASE32, 16) + "»");
        samples.put("aws-secret-key", "aws_secret_access_key = «" + a.alphanumeric(38) + "a1»");
        samples.put("github", "«gh" + "p_" + a.alphanumeric(36) + "»");
        samples.put("github fine-grained", "«github" + "_pat_" + a.alphanumeric(22) + "_" + a.alphanumeric(59) + "»");
        samples.put("github app", "«gh" + "s_" + a.alphanumeric(36) + "»");
        samples.put("gitlab", "«gl" + "pat-" + a.alphanumeric(20) + "»");
        samples.put("gitlab routable", "«gl" + "pat-" + a.alphanumeric(40) + ".01." + a.alphanumeric(9) + "»");
        samples.put("google-oauth", "«ya" + "29." + a.alphanumeric(60) + "»");
        samples.put("google-oauth service account", "«ya" + "29.c." + a.alphanumeric(60) + "»");
        samples.put("azure shared access key", "SharedAccessKey=«" + a.alphanumeric(43) + "=»");
        samples.put("azure shared access signature",
                "SharedAccessSignature=«sv=2022-11-02&ss=b&se=2026-01-01T00%3A00&sig="
                        + a.alphanumeric(43) + "=»");
        samples.put("slack", "«xo" + "xb-" + a.draw("0123456789", 12) + "-" + a.alphanumeric(24) + "»");
        samples.put("slack-webhook",
                "https://hooks.slack.com/«services/T" + a.draw(BASE32, 8) + "/B" + a.draw(BASE32, 8)
                        + "/" + a.alphanumeric(24) + "»");
        samples.put("stripe", "«sk" + "_live_" + a.alphanumeric(24) + "»");
        samples.put("google-api-key", "«AI" + "za" + a.alphanumeric(35) + "»");
        samples.put("private-key", "-----BEGIN RSA " + "PRIVATE KEY-----\n«" + a.alphanumeric(64) + "\n"
                + a.alphanumeric(64) + "\n»-----END RSA " + "PRIVATE KEY-----");
        samples.put("gcp service account",
                "{\"private_key\": \"-----BEGIN " + "PRIVATE KEY-----\\n«" + a.alphanumeric(64)
                        + "\\n»-----END " + "PRIVATE KEY-----\\n\"}");
        samples.put("openai", "«sk" + "-proj-" + a.alphanumeric(48) + "»");
        samples.put("anthropic", "«sk" + "-ant-api03-" + a.alphanumeric(93) + "AA»");
        samples.put("langfuse", "«sk" + "-lf-" + a.draw(HEX, 8) + "-" + a.draw(HEX, 4) + "-4" + a.draw(HEX, 3) + "-a"
                + a.draw(HEX, 3) + "-" + a.draw(HEX, 12) + "»");
        samples.put("npm", "«np" + "m_" + a.alphanumeric(36) + "»");
        samples.put("pypi", "«py" + "pi-AgEIcHlwaS5vcmc" + a.alphanumeric(100) + "»");
        samples.put("sendgrid", "«S" + "G." + a.alphanumeric(22) + "." + a.alphanumeric(43) + "»");
        samples.put("twilio", "«S" + "K" + a.draw(HEX, 32) + "»");
        samples.put("jwt",
                "«ey" + "J" + a.alphanumeric(30) + ".ey" + "J" + a.alphanumeric(60) + "." + a.alphanumeric(43)
                        + "»");
        samples.put("azure", "AccountName=store;AccountKey=«" + a.alphanumeric(86) + "==»;EndpointSuffix=core");
        samples.put("url-password", "postgres://app:«" + a.alphanumeric(12) + "»@db.internal:5432/main");
        samples.put("authorization", "Authorization: Bearer «" + a.alphanumeric(38) + "a1»");
        samples.put("password", "DB_PASSWORD=«" + a.alphanumeric(12) + "a1»");
        samples.put("api-key", "api_key: '«" + a.alphanumeric(38) + "a1»'");
        return samples;
    }

    static String named(String format, long seed) {
        return Objects.requireNonNull(of(seed).get(format), format);
    }

    static String text(String sample) {
        return sample.replace("«", "").replace("»", "");
    }

    static String secret(String sample) {
        return sample.substring(sample.indexOf('«') + 1, sample.indexOf('»'));
    }

    /** Sixteen digits, never all of them decimal or all letters. */
    static String hexadecimal(long seed) {
        Samples a = new Samples(seed);
        return a.draw("0123456789", 1) + a.draw(HEX, 14) + a.draw("abcdef", 1);
    }

    private String alphanumeric(int length) {
        return draw(ALPHANUMERIC, length);
    }

    private String draw(String characters, int length) {
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < length; i++) {
            drawn.append(characters.charAt(random.nextInt(characters.length())));
        }
        return drawn.toString();
    }
}
