package io.mnemosyne.core.redact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class RedactorCorpusTest {
    /** Sets of samples whose format is among the known ones. */
    private static final Set<String> COVERED = Set.of("aws-access-token", "anthropic-api-key", "gcp-api-key",
            "generic-api-key", "github-fine-grained-pat", "github-pat", "gitlab-cicd-job-token",
            "gitlab-feature-flag-client-token", "gitlab-incoming-mail-token", "gitlab-oauth-app-secret",
            "gitlab-pat-routable", "gitlab-rrt", "gitlab-runner-authentication-token-routable", "gitlab-session-cookie",
            "jwt", "private-key", "sendgrid-api-token", "sidekiq-sensitive-url", "slack-bot-token",
            "slack-config-refresh-token", "slack-legacy-token", "slack-user-token", "stripe-access-token");
    private final Redactor redactor = new CredentialRedactor("a tenant's key".getBytes(UTF_8));

    @Test
    void shouldLeaveRecordedSessionsAsTheyAre() throws IOException {
        // given sessions in which no credential is known
        TreeMap<String, Integer> flagged = new TreeMap<>();
        long characters = 0;
        // when
        for (Path file : Corpus.sessions()) {
            String text = Files.readString(file);
            characters += text.length();
            redactor.redact(text).counts().forEach((rule, count) -> flagged.merge(rule, count, Integer::sum));
        }
        // then
        System.out.printf("redaction: %,d characters of sessions, flagged %s%n", characters, flagged);
        assertThat(characters).isPositive();
        assertThat(flagged).isEmpty();
    }

    @Test
    void shouldFindEverySampleOfACoveredFormat() throws IOException, InterruptedException {
        // given
        int covered = 0;
        int coveredFound = 0;
        int all = 0;
        int found = 0;
        // when
        for (JsonNode row : Corpus.rows(Corpus.secrets().resolve("gitleaks/positives.jsonl")).toList()) {
            if (row.get("secret").isNull()) {
                continue;
            }
            int hit = redactor.redact(row.get("text").textValue()).value().contains(row.get("secret").textValue())
                    ? 0
                    : 1;
            all++;
            found += hit;
            if (COVERED.contains(row.get("rule").textValue())) {
                covered++;
                coveredFound += hit;
            }
        }
        // then
        System.out.printf("redaction: %d of %d samples of covered formats, %d of %d of all formats%n", coveredFound,
                covered, found, all);
        assertThat(coveredFound).isEqualTo(covered);
        assertThat(found).isGreaterThan(all * 97 / 100);
    }
}
