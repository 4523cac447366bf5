package io.mnemosyne.schemas.mapping;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.avro.AdmissionData;
import io.mnemosyne.avro.ObjectData;
import io.mnemosyne.avro.ObjectType;
import io.mnemosyne.core.SemanticObject;

/** Descriptors of semantic objects. */
final class Descriptors {
    private Descriptors() {
    }

    static ObjectData toAvro(SemanticObject object) {
        return new ObjectData(object.id(), Symbols.toAvro(ObjectType.class, object.type()),
                Places.toAvro(object.seqs()), object.part(), object.stub(), object.contentHash(), object.bytes(),
                object.tokens(), object.tool(), Nullables.toAvro(object.path()), object.error(),
                Nullables.toAvro(object.supersedes()), toAvro(object.admission()));
    }

    static SemanticObject toCore(ObjectData object) {
        return new SemanticObject(object.getId(), Symbols.toCore(SemanticObject.Type.class, object.getType()),
                Places.toCore(object.getSeqs()), object.getPart(), object.getStub(), object.getContentHash(),
                object.getBytes(), object.getTokens(), object.getTool(), Nullables.toCore(object.getPath()),
                object.getError(), Nullables.toCore(object.getSupersedes()), toCore(object.getAdmission()), List.of(),
                Optional.empty());
    }

    private static AdmissionData toAvro(SemanticObject.Admission admission) {
        return new AdmissionData(admission.admitted(), admission.score(), admission.reason());
    }

    private static SemanticObject.Admission toCore(AdmissionData admission) {
        return new SemanticObject.Admission(admission.getAdmitted(), admission.getScore(), admission.getReason());
    }
}
