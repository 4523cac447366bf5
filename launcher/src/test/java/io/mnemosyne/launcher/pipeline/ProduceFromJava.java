package io.mnemosyne.launcher.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.schemas.produce.TurnProducer;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.topics.TopicNames;

/** The README's example, compiled and run. */
final class ProduceFromJava {
    private ProduceFromJava() {
    }

    static void produce(String kafka, String registryUrl, byte[] key) {
        // README:
        var redactors = new TenantRedactors(key); // the pipeline's redaction.key
        try (var producer = TurnProducer.connect(Map.of("bootstrap.servers", kafka), RegistrySettings.of(registryUrl),
                TopicNames.plain(), redactors)) {
            var turn = new RawTurn("t-4", Role.USER, List.of(new Part.Text(Content.of("And OpenSearch?"))),
                    Origin.at(Instant.now()));
            producer.send(new ThreadKey("default", "my-thread"), turn).position().join();
        }
        // :README
    }
}
