package io.mnemosyne.core.ingest;

import java.util.Locale;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;

/** Keys of the rows that ingest writes. Every record has a key of its own, so that deletion can reach each of them. */
public final class RowKeys {
    private RowKeys() {
    }

    /** {@code t<seq>} for turns; {@code c} or {@code s} and the source's partition and offset for all else. */
    public static String of(TurnsRecord record) {
        String row = switch (record.event()) {
            case TurnEvent.Appended(var turn) -> String.format(Locale.ROOT, "t%019d", turn.seq());
            case TurnEvent.Controlled _ -> "c" + place(record.source());
            case TurnEvent.Skipped _ -> (isCommand(record.source()) ? "c" : "s") + place(record.source());
        };
        return record.thread().row(record.incarnation() + "." + row);
    }

    public static String of(ObjectRecord object) {
        return object.thread().row(object.incarnation() + "." + object.object().id());
    }

    public static String of(Blob blob) {
        return blob.thread().row(blob.sha256());
    }

    /** Commands and turns have offsets of their own, which may be equal. */
    private static boolean isCommand(Position source) {
        return source.topic().equals("commands");
    }

    private static String place(Position source) {
        return String.format(Locale.ROOT, "%d-%019d", source.partition(), source.offset());
    }
}
