package io.mnemosyne.core.redact;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CredentialRedactorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final CredentialRedactor redactor = new CredentialRedactor("a tenant's key".getBytes(UTF_8));

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void shouldReplaceTheSecretAndNothingElseForEveryFormat(String format) {
        // given
        String sample = Samples.named(format, 1);
        String secret = Samples.secret(sample);
        // when
        Redacted<String> redacted = redactor.redact("before " + Samples.text(sample) + " after");
        // then
        String around = "before " + sample.replace("«" + secret + "»", "MARK") + " after";
        assertThat(redacted.value().replaceAll("\\[REDACTED:[a-z0-9-]+:[0-9a-f]{8}\\]", "MARK")).isEqualTo(around);
        assertThat(redacted.total()).isEqualTo(1);
    }

    @Property(tries = 300)
    void shouldChangeNothingMoreWhenRedactedAgain(@ForAll("texts") String text) {
        // given
        String once = redactor.redact(text).value();
        // when
        Redacted<String> twice = redactor.redact(once);
        // then
        assertThat(twice.value()).isEqualTo(once);
        assertThat(twice.counts()).isEmpty();
    }

    @Property(tries = 200)
    void shouldLeaveValidJson(@ForAll("texts") String text) throws JsonProcessingException {
        // given
        String json = JSON.writeValueAsString(
                Map.of("password", text, "command", text, "nested",
                        List.of(JSON.writeValueAsString(Map.of("k", text)))));
        // when
        String redacted = redactor.redact(json).value();
        // then
        assertThat(JSON.readTree(redacted).size()).isEqualTo(3);
    }

    @Test
    void shouldGiveEqualSecretsEqualMarksWithinATenantOnly() {
        // given
        String text = Samples.text(Samples.named("github", 1));
        Redactor other = new CredentialRedactor("another key".getBytes(UTF_8));
        // when
        String mark = redactor.redact(text).value();
        // then
        assertThat(redactor.redact("again " + text).value()).isEqualTo("again " + mark);
        assertThat(other.redact(text).value()).isNotEqualTo(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=password", "self.password = get_password(user)",
            "token = tokenizer.next_token(2)",
            "\"api_key\": \"YOUR_API_KEY_12345678\"", "export SECRET_KEY=${SECRET_KEY_2024}",
            "\"max_tokens\": 4096123456789012",
            "secret_path = '/etc/app/secret2024.key'", "https://user:password@example.org",
            "task-abcdefghijklmnopqrstuvwxyz0123456789", "AKIAIOSFODNN7EXAMPLE", "ASIAXXXXXXXXXXXXXXXX",
            "SKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "A3T0ZZZZZZZZZZZZZZZZ",
            "the token is expected after line 1234567890abcdef", "['private_key',\n 'openssl_x509_checkpurpose']",
            "token=self.access_token2.secret,", "context.token: Oauth1.SIGNATURE_PLAINTEXT",
            "pkg/token.py,sha256=vA2yNHGJBHfq4jNQSah7C9DmIOp34MmYHPA8P-cYAHI,6184"})
    void shouldKeepPlaceholdersCodeAndNumbers(String text) {
        // when, then
        assertThat(redactor.redact(text).value()).isEqualTo(text);
    }

    @Test
    void shouldSeeASecretAfterAnEscapedLineBreak() {
        // given
        String secret = Samples.text(Samples.named("npm", 2));
        // when
        String redacted = redactor.redact("{\"text\":\"a\\n" + secret + "\\nb\"}").value();
        // then
        assertThat(redacted).doesNotContain(secret).startsWith("{\"text\":\"a\\n[REDACTED:npm:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AK" + "IA", "AS" + "IA", "AB" + "IA", "AC" + "CA"})
    void shouldReplaceAnAccessKeyIdHoweverUnlikelyItsCharactersAre(String prefix) {
        // given what AWS documents: prefix, length and alphabet, and no more
        String id = prefix + "Z".repeat(16);
        // when, then
        assertThat(redactor.redact("id: " + id + ".").value()).startsWith("id: [REDACTED:aws-access-key-id:");
    }

    @Test
    void shouldKeepAnIdThatItsVendorDocumentsAsPublic() {
        // given
        String accountSid = Samples.text(Samples.named("twilio", 1)).replaceFirst("SK", "AC");
        // when, then
        assertThat(redactor.redact(accountSid).value()).isEqualTo(accountSid);
    }

    @Test
    void shouldReplaceAGeneratedHexadecimalValueAlthoughItHasFewDifferentDigits() {
        // given Twilio's tokens and many others are digits of this kind
        List<String> values = Stream.iterate(0L, seed -> seed + 1).limit(200).map(Samples::hexadecimal).toList();
        // when, then
        assertThat(values).noneMatch(value -> redactor.redact("auth_token=" + value).value().contains(value));
    }

    @Test
    void shouldEndAnUnquotedValueWhereTheNextAssignmentStarts() {
        // when
        String redacted = redactor.redact("pwd=a1b2c3d4e5pwd=z9y8x7w6v5;password:password:password:q1w2e3r4t5").value();
        // then
        assertThat(redacted.replaceAll("\\[REDACTED:password:[0-9a-f]{8}\\]", "MARK"))
                .isEqualTo("pwd=MARKpwd=MARK;password:password:password:MARK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_SESSION_TOKEN=%s\n", "{\"token\": \"%s\"}", "{\\\"token\\\": \\\"%s\\\"}"})
    void shouldReplaceAValueOfThousandsOfCharacters(String frame) {
        // given temporary credentials of clouds have no greatest length
        String secret = Samples.secret(Samples.named("pypi", 3)).replace("pypi-", "").repeat(30);
        // when, then
        assertThat(redactor.redact(frame.formatted(secret)).value())
                .matches("(?s).{9,20}\\[REDACTED:api-key:[0-9a-f]{8}\\].{1,3}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=%s", "password%%3D%s%%26user=x", "const password: string = '%s'",
            "let password: &str = \"%s\";", "DB_PASSWORD: str = '%s'",
            "x = process.env.PASSWORD || '%s'", "tool --db-password %s --verbose", "[\"--password\", \"%s\"]",
            "<password>%s</password>", "spring.datasource.password=%s", "Server=a;User Id=b;Password=%s;Encrypt=yes",
            "map.put(\"password\", \"%s\")", "password:\n  %s\n"})
    void shouldFindAValueByTheNameOfItsKeyHoweverItIsAssigned(String frame) {
        // given
        String secret = Samples.hexadecimal(7) + "Q";
        // when, then
        assertThat(redactor.redact(frame.formatted(secret)).value())
                .isEqualTo(frame.formatted(Mark.of("password", secret, "a tenant's key".getBytes(UTF_8))));
    }

    @Test
    void shouldFindASecretInsideBase64ButLeaveOtherBlobs() {
        // given
        Base64.Encoder encoder = Base64.getEncoder();
        String secret = encoder
                .encodeToString(("config:\n  " + Samples.text(Samples.named("github", 1))).getBytes(UTF_8));
        String text = encoder.encodeToString("nothing but some words in here, and nobody minds".getBytes(UTF_8));
        byte[] noise = new byte[3_000];
        new Random(1).nextBytes(noise);
        String frame = "data: %s;\nimage: data:image/png;base64," + encoder.encodeToString(noise) + "\ntext: " + text;
        // when, then
        assertThat(redactor.redact(frame.formatted(secret)).value().replaceAll("\\[REDACTED:base64:[0-9a-f]{8}\\]=*",
                "MARK"))
                .isEqualTo(frame.formatted("MARK"));
    }

    @Test
    void shouldTellWhereCredentialsAreInTheOriginalText() {
        // given neighbours of which the second is uncovered by the first one's mark
        String secrets = Samples.hexadecimal(1) + Samples.hexadecimal(2) + Samples.text(Samples.named("github", 1));
        String text = "_gitlab_session=" + secrets + ", " + Samples.text(Samples.named("npm", 1)) + "!";
        // when
        List<Finding> findings = redactor.findings(text);
        // then
        StringBuilder marked = new StringBuilder(text);
        findings.reversed().forEach(finding -> marked.replace(finding.start(), finding.end(), finding.mark()));
        assertThat(findings).extracting(Finding::rule).containsExactly("gitlab", "github", "npm");
        assertThat(marked).hasToString(redactor.redact(text).value());
        assertThat(marked.toString().replaceAll("\\[[^\\]]+\\]", "MARK")).isEqualTo("_gitlab_session=MARKMARK, MARK!");
    }

    static Stream<String> formats() {
        return Samples.of(1).keySet().stream();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> samples = Arbitraries.longs().between(0, 50)
                .flatMap(seed -> Arbitraries.of(Samples.of(seed).values())).map(Samples::text);
        Arbitrary<String> noise = Arbitraries.of("password=", "token: ", "\"", "\\", "\n", " ", "://a:", "@b",
                "[REDACTED:",
                "[REDACTED:npm:0123abcd]", "secret", "=", "Bearer ", "x1y2z3w4v5u6t7s8", "[", "]", "'", "é", "😀", "İ",
                "-", "_",
                "-----BEGIN PRIVATE" + " KEY-----", "-----END");
        return Arbitraries.frequencyOf(Tuple.of(1, samples), Tuple.of(3, noise)).list()
                .ofMaxSize(12).map(pieces -> String.join("", pieces));
    }
}
