package io.mnemosyne.launcher.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A made-up credential.
 *
 * @param kind of credential
 * @param needles what must be found nowhere: the credential, or the part of it that is secret
 * @param written as it stands in a text, with what it is recognized by
 * @param alone whether it is recognized without anything around it
 */
record PlantedSecret(String kind, List<String> needles, String written, boolean alone) {
    private static final String DIGITS = "0123456789";
    private static final String HEX = DIGITS + "abcdef";
    private static final String UPPER = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String WORD = UPPER + "abcdefghijklmnopqrstuvwxyz";

    private static final List<Function<Random, PlantedSecret>> KINDS = List.of(
            token("aws", r -> "AKIA" + some(r, UPPER, 16)),
            token("github", r -> "ghp_" + some(r, WORD, 36)),
            token("github-app", r -> "ghs_" + some(r, WORD, 36)),
            token("github-pat", r -> "github_pat_" + some(r, WORD, 22) + "_" + some(r, WORD, 59)),
            token("gitlab", r -> "glpat-" + some(r, WORD, 20)),
            token("slack", r -> "xoxb-" + some(r, DIGITS, 12) + "-" + some(r, DIGITS, 12) + "-" + some(r, WORD, 24)),
            token("slack-app", r -> "xapp-1-A" + some(r, UPPER, 10) + "-" + some(r, DIGITS, 13) + "-"
                    + some(r, HEX, 64)),
            token("stripe", r -> "sk_live_" + some(r, WORD, 24)),
            token("stripe-webhook", r -> "whsec_" + some(r, WORD, 32)),
            token("google", r -> "AIza" + some(r, WORD, 35)),
            token("google-oauth", r -> "GOCSPX-" + some(r, WORD, 28)),
            token("anthropic", r -> "sk-ant-api03-" + some(r, WORD, 93) + "AA"),
            token("openai", r -> "sk-proj-" + some(r, WORD, 48)),
            token("langfuse", r -> "sk-lf-" + uuid(r)),
            token("npm", r -> "npm_" + some(r, WORD, 36)),
            token("pypi", r -> "pypi-AgEIcHlwaS5vcmc" + some(r, WORD, 70)),
            token("sendgrid", r -> "SG." + some(r, WORD, 22) + "." + some(r, WORD, 43)),
            token("twilio", r -> "SK" + some(r, HEX, 32)),
            token("jwt",
                    r -> jwt(r, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + jwt(r, "{\"sub\":\"1234567890\"}") + "."
                            + some(r, WORD, 43)),
            framed("aws-secret", r -> some(r, WORD, 40), s -> "aws_secret_access_key = " + s),
            framed("env", r -> some(r, WORD, 32), s -> "export SERVICE_API_KEY=" + s),
            framed("env-hex", r -> some(r, HEX, 40), s -> "DEPLOY_TOKEN=" + s),
            framed("json", r -> some(r, WORD, 24), s -> "{\"user\": \"app\", \"password\": \"" + s + "\"}"),
            framed("yaml", r -> some(r, WORD, 20), s -> "  db_password: " + s),
            framed("connection", r -> some(r, WORD, 18), s -> "postgres://app:" + s + "@db.internal:5432/orders"),
            framed("url", r -> some(r, WORD, 26), s -> "https://deploy:" + s + "@git.example.net/team/repo.git"),
            framed("bearer", r -> some(r, WORD, 40),
                    s -> "curl -H 'Authorization: Bearer " + s + "' https://x.example"),
            framed("azure", r -> some(r, WORD, 86) + "==",
                    s -> "DefaultEndpointsProtocol=https;AccountName=store;AccountKey=" + s + ";EndpointSuffix=x.net"),
            framed("slack-webhook", r -> "T" + some(r, UPPER, 8) + "/B" + some(r, UPPER, 8) + "/" + some(r, WORD, 24),
                    s -> "https://hooks.slack.com/services/" + s),
            PlantedSecret::pem);

    /** So many of all kinds, no two alike. */
    static List<PlantedSecret> distinct(int count, Random random) {
        return IntStream.range(0, count).mapToObj(i -> KINDS.get(i % KINDS.size()).apply(random)).toList();
    }

    private static Function<Random, PlantedSecret> token(String kind, Function<Random, String> make) {
        return random -> {
            String token = make.apply(random);
            return new PlantedSecret(kind, List.of(token), token, true);
        };
    }

    private static Function<Random, PlantedSecret> framed(String kind, Function<Random, String> make,
            Function<String, String> frame) {
        return random -> {
            String secret = make.apply(random);
            return new PlantedSecret(kind, List.of(secret), frame.apply(secret), false);
        };
    }

    /** Of which every line is secret. */
    private static PlantedSecret pem(Random random) {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 6).forEach(_ -> lines.add(some(random, WORD, 64)));
        return new PlantedSecret("pem", List.copyOf(lines), "-----BEGIN RSA PRIVATE KEY-----\n"
                + String.join("\n", lines) + "\n-----END RSA PRIVATE KEY-----", false);
    }

    private static String jwt(Random random, String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                json.replace("}", ",\"n\":\"" + some(random, WORD, 6) + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static String uuid(Random random) {
        return String.join("-", some(random, HEX, 8), some(random, HEX, 4), some(random, HEX, 4),
                some(random, HEX, 4), some(random, HEX, 12));
    }

    /** Random characters, among them letters and digits, as a generator's usually are. */
    private static String some(Random random, String alphabet, int length) {
        while (true) {
            StringBuilder text = new StringBuilder();
            random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
            String made = text.toString();
            boolean mixed = made.chars().anyMatch(Character::isDigit) && made.chars().anyMatch(Character::isLetter);
            if (mixed || length < 8 || alphabet.equals(DIGITS)) {
                return made;
            }
        }
    }
}
