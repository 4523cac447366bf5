package io.mnemosyne.schemas.mapping;

import io.mnemosyne.avro.ChangeCause;
import io.mnemosyne.avro.ChangeData;
import io.mnemosyne.avro.CommandKind;
import io.mnemosyne.avro.CommandRefusal;
import io.mnemosyne.avro.EpochData;
import io.mnemosyne.avro.EpochReason;
import io.mnemosyne.avro.FaultData;
import io.mnemosyne.avro.FaultKind;
import io.mnemosyne.avro.GroupData;
import io.mnemosyne.avro.ObeyedData;
import io.mnemosyne.avro.ObjectType;
import io.mnemosyne.avro.RegroupingData;
import io.mnemosyne.avro.ViewEnvelope;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewRecord;

/** Values of {@code view}. */
public final class ViewMapping implements Mapping<ViewRecord, ViewEnvelope> {
    private static final String EPOCH = "epoch";
    private static final String FAULT = "fault";
    private static final String REGROUPING = "regrouping";
    private static final String COMMAND = "command";

    @Override
    public ViewEnvelope toAvro(ViewRecord value) {
        ViewEnvelope envelope = new ViewEnvelope();
        envelope.setTenant(value.thread().tenant());
        envelope.setThread(value.thread().thread());
        envelope.setIncarnation(value.incarnation());
        switch (value.event()) {
            case ViewEvent.EpochOpened opened -> {
                envelope.setKind(EPOCH);
                envelope.setEpoch(toAvro(opened));
            }
            case ViewEvent.Faulted faulted -> {
                envelope.setKind(FAULT);
                envelope.setFault(new FaultData(faulted.number(), faulted.atSeq(), faulted.object(),
                        Symbols.toAvro(FaultKind.class, faulted.kind()), faulted.shown().level()));
            }
            case ViewEvent.Regrouped regrouped -> {
                envelope.setKind(REGROUPING);
                envelope.setRegrouping(new RegroupingData(regrouped.number(), regrouped.atSeq(),
                        regrouped.groups().stream().map(ViewMapping::toAvro).toList()));
            }
            case ViewEvent.Obeyed obeyed -> {
                envelope.setKind(COMMAND);
                envelope.setCommand(toAvro(obeyed));
            }
        }
        return envelope;
    }

    @Override
    public ViewRecord toCore(ViewEnvelope envelope) {
        String kind = envelope.getKind();
        ViewEvent event = switch (kind) {
            case EPOCH -> toCore(Kinds.body(kind, envelope.getEpoch()));
            case FAULT -> toCore(Kinds.body(kind, envelope.getFault()));
            case REGROUPING -> toCore(Kinds.body(kind, envelope.getRegrouping()));
            case COMMAND -> toCore(Kinds.body(kind, envelope.getCommand()));
            default -> throw Kinds.unknown(kind);
        };
        return new ViewRecord(new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                event);
    }

    private static EpochData toAvro(ViewEvent.EpochOpened opened) {
        return new EpochData(opened.epoch(), opened.atSeq(), Symbols.toAvro(EpochReason.class, opened.reason()),
                opened.watermark(), opened.segments(), opened.stateVersion(), opened.tokensBefore(),
                opened.tokensAfter(), opened.changes().stream().map(ViewMapping::toAvro).toList());
    }

    private static ViewEvent toCore(EpochData opened) {
        return new ViewEvent.EpochOpened(opened.getEpoch(), opened.getAtSeq(),
                Symbols.toCore(ViewEvent.Reason.class, opened.getReason()), opened.getWatermark(),
                opened.getSegments(), opened.getStateVersion(), opened.getTokensBefore(), opened.getTokensAfter(),
                opened.getChanges().stream().map(ViewMapping::toCore).toList());
    }

    private static ChangeData toAvro(ViewEvent.Change change) {
        return new ChangeData(change.object(), change.from().level(), change.to().level(),
                Symbols.toAvro(ChangeCause.class, change.cause()));
    }

    private static ViewEvent.Change toCore(ChangeData change) {
        return new ViewEvent.Change(change.getObject(), Levels.toCore(change.getFrom()), Levels.toCore(change.getTo()),
                Symbols.toCore(ViewEvent.Cause.class, change.getCause()));
    }

    private static ViewEvent toCore(FaultData fault) {
        return new ViewEvent.Faulted(fault.getNumber(), fault.getAtSeq(), fault.getObject(),
                Symbols.toCore(ViewEvent.FaultKind.class, fault.getKind()), Levels.toCore(fault.getShown()));
    }

    private static ViewEvent toCore(RegroupingData regrouping) {
        return new ViewEvent.Regrouped(regrouping.getNumber(), regrouping.getAtSeq(),
                regrouping.getGroups().stream().map(ViewMapping::toCore).toList());
    }

    private static GroupData toAvro(ViewEvent.Group group) {
        return new GroupData(group.id(), Symbols.toAvro(ObjectType.class, group.type()), Places.toAvro(group.seqs()),
                group.objects(), group.tokens());
    }

    private static ViewEvent.Group toCore(GroupData group) {
        return new ViewEvent.Group(group.getId(), Symbols.toCore(SemanticObject.Type.class, group.getType()),
                Places.toCore(group.getSeqs()), group.getObjects(), group.getTokens());
    }

    private static ObeyedData toAvro(ViewEvent.Obeyed obeyed) {
        return new ObeyedData(obeyed.number(), obeyed.atSeq(), Symbols.toAvro(CommandKind.class, obeyed.kind()),
                obeyed.objects(), obeyed.missing(), Nullables.toAvro(obeyed.question()), obeyed.tokens(),
                Nullables.toAvro(
                        obeyed.refusal().map(refusal -> Symbols.toAvro(CommandRefusal.class, refusal))));
    }

    private static ViewEvent toCore(ObeyedData obeyed) {
        return new ViewEvent.Obeyed(obeyed.getNumber(), obeyed.getAtSeq(),
                Symbols.toCore(Command.Kind.class, obeyed.getCommand()), obeyed.getObjects(), obeyed.getMissing(),
                Nullables.toCore(obeyed.getQuestion()), obeyed.getTokens(), Nullables.toCore(obeyed.getRefusal())
                        .map(refusal -> Symbols.toCore(ViewEvent.Refusal.class, refusal)));
    }
}
