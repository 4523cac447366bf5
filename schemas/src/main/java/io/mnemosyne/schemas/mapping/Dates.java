package io.mnemosyne.schemas.mapping;

import java.util.List;

import io.mnemosyne.avro.DateReferenceData;
import io.mnemosyne.core.DateReference;

/** What relative words refer to. */
final class Dates {
    private Dates() {
    }

    static List<DateReferenceData> toAvro(List<DateReference> dates) {
        return dates.stream().map(date -> new DateReferenceData(date.words(), date.from(), date.to())).toList();
    }

    static List<DateReference> toCore(List<DateReferenceData> dates) {
        return dates.stream().map(date -> new DateReference(date.getWords(), date.getFrom(), date.getTo())).toList();
    }
}
