package io.mnemosyne.launcher.pipeline;

import java.util.Base64;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class NeedlesTest {
    private static final String SECRET = "a/b+c\"d\\efgh0123";
    private final Needles needles = new Needles(List.of(SECRET, "another-secret"));

    @Test
    void shouldFindEveryFormOfATextAndNothingElse() {
        // when, then
        assertThat(find("x" + SECRET + "y")).containsExactly(SECRET);
        assertThat(find("{\"k\":\"a/b+c\\\"d\\\\efgh0123\"}")).containsExactly(SECRET);
        assertThat(find("?q=a%2Fb%2Bc%22d%5Cefgh0123&r")).containsExactly(SECRET);
        assertThat(find("another-secret" + SECRET)).containsExactlyInAnyOrder(SECRET, "another-secret");
        assertThat(find("a/b+c\"d\\efgh012")).isEmpty();
    }

    @Test
    void shouldFindATextInBase64AtEveryAlignment() {
        // when, then
        for (int before = 0; before < 6; before++) {
            for (int behind = 0; behind < 4; behind++) {
                String text = "-".repeat(before) + SECRET + "-".repeat(behind);
                assertThat(find(Base64.getEncoder().encodeToString(text.getBytes(UTF_8))))
                        .as("%d before, %d behind", before, behind).containsExactly(SECRET);
            }
        }
    }

    private Set<String> find(String text) {
        return needles.in(text.getBytes(UTF_8));
    }
}
