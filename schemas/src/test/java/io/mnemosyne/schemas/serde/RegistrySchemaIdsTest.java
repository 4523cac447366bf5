package io.mnemosyne.schemas.serde;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The real client against a registry of a few lines, so that what goes over the wire can be looked at. */
class RegistrySchemaIdsTest {
    /** Nothing listens there: the port is reserved. */
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerFromMemoryOnceEverythingIsRegistered() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            // given
            ids.registerAll(TopicNames.plain());
            int asked = registry.requests().size();
            // when
            int id = ids.idOf("turns-value", Topics.TURNS.schema());
            String schema = ids.schemaOf(id);
            // then
            assertThat(schema).isEqualTo(Topics.TURNS.schema());
            assertThat(registry.requests()).hasSize(asked)
                    .contains("POST /subjects/turns-value/versions", "PUT /config/turns-value");
        }
    }

    @Test
    void shouldRegisterAllTheSameWhenTheRegistryStumblesOnce() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            // given
            registry.failNext();
            // when
            ids.registerAll(TopicNames.plain());
            // then
            assertThat(ids.idOf("turns-value", Topics.TURNS.schema())).isPositive();
        }
    }

    @Test
    void shouldNeverRegisterBecauseARecordIsWritten() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            // when
            ids.idOf("turns-value", Topics.TURNS.schema());
            // then
            assertThat(registry.requests()).isNotEmpty().noneMatch(request -> request.endsWith("/versions"));
        }
    }

    @Test
    void shouldSendItsCredentials() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(
                        RegistrySettings.of(registry.url()).withCredentials("mnemosyne", "s3cret"))) {
            // when
            ids.idOf("turns-value", Topics.TURNS.schema());
            // then
            assertThat(registry.authorizations()).containsOnly("Basic bW5lbW9zeW5lOnMzY3JldA==");
        }
    }

    @Test
    void shouldTrustARegistryByItsCertificate() throws Exception {
        try (StubRegistry registry = StubRegistry.secure(folder);
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url())
                        .withTls(RegistrySettings.Tls.trusting(registry.truststore(), StubRegistry.PASSWORD)))) {
            assertThat(ids.idOf("turns-value", Topics.TURNS.schema())).isPositive();
        }
    }

    @Test
    void shouldNotTrustARegistryThatItDoesNotKnow() throws Exception {
        try (StubRegistry registry = StubRegistry.secure(folder);
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            assertThatThrownBy(() -> ids.idOf("turns-value", Topics.TURNS.schema()))
                    .isInstanceOf(SchemaLookupException.class);
        }
    }

    @Test
    void shouldGoOnToTheNextAddress() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(NOBODY, registry.url()))) {
            assertThat(ids.idOf("turns-value", Topics.TURNS.schema())).isPositive();
        }
    }

    @Test
    void shouldSayWhereNobodyAnswersAndLetTheCallerTryAgain() throws IOException {
        RegistrySettings settings = new RegistrySettings(List.of(NOBODY), Optional.empty(), Optional.empty(),
                Duration.ofSeconds(1));
        try (RegistrySchemaIds ids = new RegistrySchemaIds(settings)) {
            assertThatThrownBy(() -> ids.schemaOf(7))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining(NOBODY)
                    .hasMessageContaining("id 7");
        }
    }

    @Test
    void shouldFindASchemaThatTheRegistryLacksForAMoment() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            // given a producer that has just registered it with another node
            registry.nextSchemaByIdMissing();
            registry.nextSchemaById("AVRO", "\"string\"");
            // when, then
            assertThat(ids.schemaOf(7)).isEqualTo("\"string\"");
        }
    }

    @Test
    void shouldBlameTheRecordForAnIdThatNobodyRegisteredUntilSomebodyDoes() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            // given
            assertThatThrownBy(() -> ids.schemaOf(7))
                    .isInstanceOf(UnknownSchemaException.class)
                    .isNotInstanceOf(RetriableException.class)
                    .hasMessageContainingAll("id 7", registry.url());
            int asked = registry.requests().size();
            // when it is asked for again, then that costs one request and no waiting
            assertThatThrownBy(() -> ids.schemaOf(7)).isInstanceOf(UnknownSchemaException.class);
            assertThat(registry.requests()).hasSize(asked + 1);
            // when it is registered at last
            registry.nextSchemaById("AVRO", "\"string\"");
            // then
            assertThat(ids.schemaOf(7)).isEqualTo("\"string\"");
        }
    }

    @Test
    void shouldBlameTheRecordForASchemaThatIsNotAvro() throws IOException {
        try (StubRegistry registry = StubRegistry.plain();
                RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(registry.url()))) {
            for (int i = 0; i < 4; i++) {
                registry.nextSchemaById("JSON", "{\"type\":\"object\"}");
            }
            assertThatThrownBy(() -> ids.schemaOf(7))
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("not Avro");
        }
    }

    @Test
    void shouldKeepPasswordsOutOfWhatIsPrinted() {
        assertThat(RegistrySettings.of(NOBODY).withCredentials("mnemosyne", "s3cret")
                .withTls(RegistrySettings.Tls.trusting(Path.of("trust.p12"), "s3cret")).toString())
                .contains("mnemosyne", "trust.p12")
                .doesNotContain("s3cret");
    }
}
