package io.mnemosyne.context;

import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.view.Texts;

/** What the rows of a thread have of its objects. */
record RowTexts(ThreadKey thread, ThreadRows rows, ObjectTexts texts) implements Texts {

    @Override
    public Optional<Original> of(String object, long seq) {
        return turn(seq).map(SizedTurn::turn).flatMap(turn -> ObjectTexts.descriptor(object, turn)
                .flatMap(found -> texts.whole(found, turn).map(text -> new Original(found, text))));
    }

    @Override
    public OptionalLong seqOf(String object) {
        return rows.object(thread, object).stream().mapToLong(ObjectRow::seq).findFirst();
    }

    @Override
    public Optional<SizedTurn> turn(long seq) {
        return rows.turn(thread, seq);
    }
}
