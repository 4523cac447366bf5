package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ProvenanceData;
import io.mnemosyne.core.Provenance;

/** Who wrote a result. */
final class Provenances {
    private Provenances() {
    }

    static ProvenanceData toAvro(Provenance provenance) {
        return new ProvenanceData(provenance.provider(), provenance.model(), provenance.promptVersion(),
                provenance.inputTokens(), provenance.outputTokens(), provenance.micros(),
                Nullables.toAvro(provenance.insteadOf()));
    }

    static Provenance toCore(ProvenanceData provenance) {
        return new Provenance(provenance.getProvider(), provenance.getModel(), provenance.getPromptVersion(),
                provenance.getInputTokens(), provenance.getOutputTokens(), provenance.getMicros(),
                Nullables.toCore(provenance.getInsteadOf()));
    }
}
