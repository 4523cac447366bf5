package io.mnemosyne.index;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IndexSettingsTest {
    private static final URI URL = URI.create("http://localhost:9200");

    @Test
    void shouldNotShowThePassword() {
        var settings = new IndexSettings(List.of(URL), Optional.of(new IndexSettings.Credentials("me", "hidden")),
                Optional.empty(), "notes", 1, 1024, Duration.ofSeconds(1));
        assertThat(settings.toString()).contains("me").doesNotContain("hidden");
    }

    @Test
    void shouldSayWhatIsWrongWithASetting() {
        assertThatThrownBy(() -> IndexSettings.at()).hasMessageContaining("at least one url");
        assertThatThrownBy(() -> IndexSettings.at(URI.create("localhost:9200"))).hasMessageContaining("http://");
        assertThatThrownBy(() -> IndexSettings.at(URL).withPrefix("Notes")).hasMessageContaining("'Notes'");
    }

    @Test
    void shouldSayWhichCertificateCannotBeRead() {
        var settings = new IndexSettings(List.of(URL), Optional.empty(), Optional.of(Path.of("missing.pem")), "notes",
                1, 1024, Duration.ofSeconds(1));
        assertThatThrownBy(() -> Connection.open(settings)).hasMessageContaining("missing.pem");
    }

    @Test
    void shouldFillTheTemplate() throws Exception {
        // when
        var template = new ObjectMapper().readTree(new Template("notes", 500, "lengths", 384).json());
        // then
        assertThat(template.at("/index_patterns/0").asText()).isEqualTo("notes-v*");
        assertThat(template.at("/template/settings/index/refresh_interval").asText()).isEqualTo("500ms");
        assertThat(template.at("/template/mappings/properties/vector/dimension").asInt()).isEqualTo(384);
    }
}
