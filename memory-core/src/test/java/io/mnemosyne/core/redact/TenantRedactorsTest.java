package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class TenantRedactorsTest {
    private static final byte[] KEY = "master key".getBytes(UTF_8);

    @Property(tries = 100)
    void shouldAnswerTheSameFromMemoryAsWithoutIt(@ForAll long seed) {
        // given texts that come again and again, of two tenants, long enough to be remembered
        Random random = new Random(seed);
        List<String> parts = List.of("password=", Example.of("models").getFirst().text(seed), " some words ", "\ud800",
                "\ufffd", "é", "x".repeat(300), "\n");
        List<String> texts = random.ints(8, 1, 6)
                .mapToObj(many -> random.ints(many, 0, parts.size()).mapToObj(parts::get)
                        .reduce("y".repeat(random.nextInt(300)), String::concat))
                .toList();
        TenantRedactors remembering = new TenantRedactors(KEY);
        for (int i = 0; i < 40; i++) {
            String tenant = random.nextBoolean() ? "a" : "b";
            String text = texts.get(random.nextInt(texts.size()));
            // when, then
            Redacted<String> fresh = new CredentialRedactor(Hmac.of(KEY, tenant)).redact(text);
            assertThat(remembering.apply(tenant).redact(text)).isEqualTo(fresh);
            assertThat(remembering.apply(tenant).redact(fresh.value()).counts()).isEmpty();
        }
    }

    @Test
    void shouldLookOnceAtATextThatIsClean() {
        // given
        int[] looks = {0};
        Redactor counting = text -> {
            looks[0]++;
            return new CredentialRedactor(KEY).redact(text);
        };
        Redactor remembering = new RememberingRedactor(counting, KEY, new CleanTexts(8));
        String secret = "first " + Example.of("models").getFirst().text(1) + " z".repeat(150);
        String clean = "x".repeat(300);
        // when
        remembering.redact(clean);
        remembering.redact(clean);
        String redacted = remembering.redact(secret).value();
        remembering.redact(redacted);
        // then
        assertThat(looks[0]).isEqualTo(2);
        assertThat(remembering.redact(secret).value()).isEqualTo(redacted);
        assertThat(looks[0]).isEqualTo(3);
    }

    @Test
    void shouldForgetWhatWasNotSeenForLongestWhenManyTextsAreClean() {
        // given
        CleanTexts clean = new CleanTexts(8);
        List<CleanTexts.Fingerprint> texts = new Random(1).longs(100).mapToObj(Long::toString)
                .map(text -> CleanTexts.Fingerprint.of(KEY, text)).toList();
        // when one of them is seen all the time
        for (CleanTexts.Fingerprint text : texts) {
            clean.add(text);
            clean.contains(texts.getFirst());
        }
        // then
        assertThat(texts).filteredOn(clean::contains).hasSizeBetween(4, 9).contains(texts.getFirst(), texts.getLast());
    }
}
