package io.mnemosyne.schemas.mapping;

import java.util.List;

import io.mnemosyne.avro.EpochData;
import io.mnemosyne.avro.EpochReason;
import io.mnemosyne.avro.ViewEnvelope;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewRecord;

/** Values of {@code view}. */
public final class ViewMapping implements Mapping<ViewRecord, ViewEnvelope> {
    private static final String EPOCH = "epoch";

    @Override
    public ViewEnvelope toAvro(ViewRecord value) {
        return switch (value.event()) {
            case ViewEvent.EpochOpened opened -> new ViewEnvelope(EPOCH, value.thread().tenant(),
                    value.thread().thread(), value.incarnation(), toAvro(opened));
            case ViewEvent.Faulted _,ViewEvent.Regrouped _ -> throw new UnsupportedOperationException("not mapped yet");
        };
    }

    @Override
    public ViewRecord toCore(ViewEnvelope envelope) {
        return new ViewRecord(new ThreadKey(envelope.getTenant(), envelope.getThread()), envelope.getIncarnation(),
                toCore(Kinds.only(EPOCH, envelope.getKind(), envelope.getEpoch())));
    }

    private static EpochData toAvro(ViewEvent.EpochOpened opened) {
        return new EpochData(opened.epoch(), opened.atSeq(), Symbols.toAvro(EpochReason.class, opened.reason()),
                opened.watermark(), opened.segments(), opened.stateVersion(), opened.tokensBefore(),
                opened.tokensAfter());
    }

    private static ViewEvent toCore(EpochData opened) {
        return new ViewEvent.EpochOpened(opened.getEpoch(), opened.getAtSeq(),
                Symbols.toCore(ViewEvent.Reason.class, opened.getReason()), opened.getWatermark(),
                opened.getSegments(), opened.getStateVersion(), opened.getTokensBefore(), opened.getTokensAfter(),
                List.of());
    }
}
