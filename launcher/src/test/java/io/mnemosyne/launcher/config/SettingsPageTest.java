package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /** Run with {@code -Ddocs.update=true} to write the page anew. */
    @Test
    void shouldBeWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, SettingsPage.text());
        }

        assertThat(PAGE).hasContent(SettingsPage.text());
    }
}
