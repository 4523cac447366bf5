package io.mnemosyne.schemas;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.common.serialization.Serde;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

/** The round trip through a registry that runs. Whoever starts one calls {@link #check}. */
public final class RegistryRoundTrip {
    private static final int HEADER_BYTES = 5;
    private static final TopicNames NAMES = new TopicNames("round-trip.");
    private static final RawTurn TURN = new RawTurn("e-1", Role.USER, List.of(new Part.Text(Content.of("héllo 😀"))),
            Origin.at(Instant.parse("2026-11-21T10:15:30.123456Z")));

    private RegistryRoundTrip() {
    }

    /**
     * Registers every schema, twice; writes a record; reads it with a process that knows nothing yet, and with a decoder
     * that shares no code with ours and has the schema from the registry by plain HTTP.
     *
     * @param url of a registry with Confluent's REST interface
     * @throws AssertionError if anything differs
     */
    public static void check(String url) throws IOException, InterruptedException {
        RegistrySettings settings = RegistrySettings.of(url);
        byte[] bytes;
        try (RegistrySchemaIds ids = new RegistrySchemaIds(settings)) {
            ids.registerAll(NAMES);
            ids.registerAll(NAMES);
            bytes = serde(ids).serializer().serialize("any", TURN);
        }
        try (RegistrySchemaIds fresh = new RegistrySchemaIds(settings)) {
            assertThat(serde(fresh).deserializer().deserialize("any", bytes)).isEqualTo(TURN);
        }
        try (RegistrySchemaIds later = new RegistrySchemaIds(settings)) {
            later.lookUpAll(NAMES);
            assertThat(serde(later).serializer().serialize("any", TURN)).isEqualTo(bytes);
        }
        assertThat(independently(url, bytes)).containsEntry("kind", "turn").extractingByKey("turn")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("eventId", "e-1")
                .containsEntry("role", "USER");
    }

    private static Serde<RawTurn> serde(RegistrySchemaIds ids) {
        return new TopicSerdes(ids, NAMES).rawTurns();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> independently(String url, byte[] bytes)
            throws IOException, InterruptedException {
        ByteBuffer record = ByteBuffer.wrap(bytes);
        assertThat(record.get()).isZero();
        URI address = URI.create(url + "/schemas/ids/" + record.getInt());
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            String schema = new ObjectMapper().readTree(answer).get("schema").asText();
            return (Map<String, Object>) new SpecDecoder(schema)
                    .decode(record.slice(HEADER_BYTES, bytes.length - HEADER_BYTES));
        }
    }
}
