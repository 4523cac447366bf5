package io.mnemosyne.launcher.pipeline;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.redact.RuleSet;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.EmbeddingEndpoint;
import io.mnemosyne.inference.embeddings.HttpEmbedder;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.launcher.telemetry.TelemetrySettings;
import io.mnemosyne.service.ServiceSettings;
import io.mnemosyne.service.watch.WebhookSettings;

/**
 * What the pipeline needs to know, in the words of its parts.
 *
 * @param worker whether it makes model calls itself
 * @param embedding where texts are embedded; empty for the model that runs in the process
 * @param purgeInterval between two deletions of what was read of the raw topics; zero for none
 * @param telemetry where the pipeline's own telemetry goes; empty for nowhere
 * @param tracing where traces are sent
 * @param stateDir where the topologies keep their stores
 * @param webhook where it is posted that a context is compacted
 */
record PipelinePlan(KafkaPlan kafka, IndexSettings index, ServiceSettings service, boolean worker,
        Settings.Models models, Settings.Recall recall, Policy policy, AdmissionRules admission,
        Optional<EmbeddingEndpoint> embedding,
        TenantRedactors redactors, Duration purgeInterval, Optional<TelemetrySettings> telemetry,
        Settings.Tracing tracing, Path stateDir, Optional<WebhookSettings> webhook) {

    /**
     * The plan for a pipeline whose services all run already.
     *
     * @throws CommandFailure if an address is missing
     */
    static PipelinePlan of(Settings settings) {
        return new PipelinePlan(KafkaPlan.of(settings), index(settings.opensearch()),
                ServiceSettings.standard().withHost(settings.service().host()).withPort(settings.service().port()),
                settings.workerInPipeline(), settings.models(), settings.recall(), settings.policy(),
                settings.admission(), settings.embedding(),
                new TenantRedactors(RedactionKey.of(settings.redactionKey(), settings.stack().data()),
                        RuleSet.of(settings.ownRules())),
                settings.purgeInterval(), settings.telemetry(), settings.tracing(),
                settings.stack().data().resolve("state"), settings.webhook());
    }

    /** Connects or loads its model with the first text; closing it is the caller's. */
    Embedder embedder() {
        return embedding.<Embedder>map(HttpEmbedder::new).orElseGet(MiniLmEmbedder::new);
    }

    private static IndexSettings index(Settings.OpenSearch opensearch) {
        IndexSettings standard = IndexSettings
                .at(KafkaPlan.required("opensearch.urls", opensearch.urls()).toArray(URI[]::new))
                .withPrefix(opensearch.index());
        return new IndexSettings(standard.urls(),
                opensearch.login().map(login -> new IndexSettings.Credentials(login.user(), login.password().value())),
                opensearch.certificate(), standard.prefix(), standard.bulkDocuments(), standard.bulkBytes(),
                standard.refresh());
    }
}
