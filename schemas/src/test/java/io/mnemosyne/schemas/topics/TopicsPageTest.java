package io.mnemosyne.schemas.topics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopicsPageTest {

    @Test
    void shouldMatchTheCatalogue() throws IOException {
        // given
        Path generated = Files.createDirectories(Path.of("target/docs")).resolve("topics.md");
        Path page = Path.of("../docs/topics.md");
        // when
        TopicsPage.main(new String[]{generated.toString()});
        // then
        assertThat(page).as("docs/topics.md is stale; run: cp schemas/target/docs/topics.md docs/topics.md")
                .exists()
                .hasSameTextualContentAs(generated);
    }
}
