package io.mnemosyne.context;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.view.Texts;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewState;

import static org.assertj.core.api.Assertions.assertThat;

/** A head that outgrows a record stops its stage for good, so valid turns must not be able to make one. */
class HeadSizeTest {
    private static final int MAX_HEAD_BYTES = 1024 * 1024;
    private static final ThreadKey THREAD = new ThreadKey("default", "t");

    private final View view = new View(text -> (text.length() + 3) / 4);

    @Test
    void shouldKeepTheHeadSmallWhenNothingIsObservedOfThousandsOfTurns() {
        // given
        ViewState head = ViewState.EMPTY;
        // when
        for (int seq = 0; seq < 10_000; seq++) {
            head = view.decide(head, turn(seq, seq % 2 == 0 ? Role.SYSTEM : Role.USER), Policy.standard(), Texts.NONE)
                    .state();
        }
        // then
        assertThat(head.turns().nextSeq()).isEqualTo(10_000);
        assertThat(RowSerdes.heads().serializer().serialize("store", head)).hasSizeLessThan(MAX_HEAD_BYTES);
    }

    private static ViewInput turn(long seq, Role role) {
        RawTurn body = new RawTurn("e" + seq, role, List.of(new Part.Text(Content.of("a"))), Origin.UNKNOWN);
        Turn turn = new Turn(THREAD, 0, seq, body, 8, List.of());
        return new ViewInput.OfTurns(
                new TurnsRecord(THREAD, 0, new Position("turns.raw", 0, seq), new TurnEvent.Appended(turn)));
    }
}
