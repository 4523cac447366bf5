package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.AdmissionData;
import io.mnemosyne.avro.FormData;
import io.mnemosyne.avro.FormsData;
import io.mnemosyne.avro.ObjectData;
import io.mnemosyne.avro.ObjectType;
import io.mnemosyne.avro.RelationData;
import io.mnemosyne.avro.RelationKind;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;

/** Descriptors of semantic objects. */
final class Descriptors {
    private Descriptors() {
    }

    static ObjectData toAvro(SemanticObject object) {
        return new ObjectData(object.id(), Symbols.toAvro(ObjectType.class, object.type()),
                Places.toAvro(object.seqs()), object.part(), object.stub(), object.contentHash(), object.bytes(),
                object.tokens(), object.tool(), Nullables.toAvro(object.path()), object.error(),
                Nullables.toAvro(object.supersedes()), toAvro(object.admission()), object.tags(),
                object.relations().stream().map(Descriptors::toAvro).toList(),
                Nullables.toAvro(object.forms().map(Descriptors::toAvro)));
    }

    static SemanticObject toCore(ObjectData object) {
        return new SemanticObject(object.getId(), Symbols.toCore(SemanticObject.Type.class, object.getType()),
                Places.toCore(object.getSeqs()), object.getPart(), object.getStub(), object.getContentHash(),
                object.getBytes(), object.getTokens(), object.getTool(), Nullables.toCore(object.getPath()),
                object.getError(), Nullables.toCore(object.getSupersedes()), toCore(object.getAdmission()),
                object.getRelations().stream().map(Descriptors::toCore).toList(), object.getTags(),
                Nullables.toCore(object.getForms()).map(Descriptors::toCore));
    }

    private static AdmissionData toAvro(SemanticObject.Admission admission) {
        return new AdmissionData(admission.admitted(), admission.score(), admission.reason());
    }

    private static SemanticObject.Admission toCore(AdmissionData admission) {
        return new SemanticObject.Admission(admission.getAdmitted(), admission.getScore(), admission.getReason());
    }

    private static RelationData toAvro(SemanticObject.Relation relation) {
        return new RelationData(Symbols.toAvro(RelationKind.class, relation.kind()), relation.object());
    }

    private static SemanticObject.Relation toCore(RelationData relation) {
        return new SemanticObject.Relation(Symbols.toCore(SemanticObject.Relation.Kind.class, relation.getKind()),
                relation.getObject());
    }

    private static FormsData toAvro(Forms forms) {
        return new FormsData(toAvro(forms.detailed()), toAvro(forms.compact()), toAvro(forms.stub()),
                toAvro(forms.tombstone()));
    }

    private static Forms toCore(FormsData forms) {
        return new Forms(toCore(forms.getDetailed()), toCore(forms.getCompact()), toCore(forms.getStub()),
                toCore(forms.getTombstone()));
    }

    private static FormData toAvro(Form form) {
        return new FormData(form.text(), form.losses(), form.tokens());
    }

    private static Form toCore(FormData form) {
        return new Form(form.getText(), form.getLosses(), form.getTokens());
    }
}
