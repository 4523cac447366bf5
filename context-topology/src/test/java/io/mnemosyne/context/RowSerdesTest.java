package io.mnemosyne.context;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
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
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

class RowSerdesTest {
    private static final ThreadKey THREAD = new ThreadKey("default", "t");

    @Test
    void shouldReadAHeadOfBeforeCalibrationAsOneThatNothingWasReportedOf() throws Exception {
        // given a head as it was kept before
        ObjectMapper mapper = StateSerde.mapper();
        ObjectNode older = mapper.valueToTree(ViewState.EMPTY);
        older.remove("calibrated");
        ((ObjectNode) older.get("shown")).remove("ceiling");
        // when
        ViewState head = RowSerdes.heads().deserializer().deserialize("store", mapper.writeValueAsBytes(older));
        // then
        assertThat(head).isEqualTo(ViewState.EMPTY);
        assertThat(head.ceiling(Policy.standard())).isEqualTo(Policy.standard().budget());
    }

    @Test
    void shouldKeepEveryBitOfACalibration() {
        // given
        View view = new View(text -> text.length() / 3);
        ViewState head = ViewState.EMPTY;
        for (int i = 0; i < 40; i++) {
            head = view.decide(head, turn(2L * i, new TurnEvent.Appended(said(i))), Policy.standard(), Texts.NONE)
                    .state();
            head = view.decide(head, turn(2L * i + 1, new TurnEvent.Controlled(new Command("c" + i, Command.Kind.USAGE,
                    Optional.empty(), Map.of("inputTokens", Long.toString(7_001 + 4_003L * i), "model", "m")))),
                    Policy.standard(), Texts.NONE).state();
        }
        assertThat(head.calibrations().models()).hasSize(1);
        assertThat(head.ceiling(Policy.standard())).isLessThan(Policy.standard().budget());
        // when
        byte[] bytes = RowSerdes.heads().serializer().serialize("store", head);
        ViewState again = RowSerdes.heads().deserializer().deserialize("store", bytes);
        // then
        assertThat(again).isEqualTo(head);
        assertThat(RowSerdes.heads().serializer().serialize("store", again)).isEqualTo(bytes);
    }

    private static Turn said(long seq) {
        return new Turn(THREAD, 0, seq, new RawTurn("e" + seq, Role.TOOL,
                List.of(new Part.Text(Content.of("the build failed"))), Origin.UNKNOWN), 3_000, List.of());
    }

    private static ViewInput turn(long offset, TurnEvent event) {
        return new ViewInput.OfTurns(new TurnsRecord(THREAD, 0, new Position("turns.raw", 0, offset), event));
    }

    @Test
    void shouldReadAHeadThatHoldsAWholePolicyAsOneThatHoldsWhatChanged() throws Exception {
        // given a head as it was kept before
        ObjectMapper mapper = StateSerde.mapper();
        ObjectNode older = mapper.valueToTree(ViewState.EMPTY);
        older.remove("openEdits");
        older.put("edited", true);
        Policy changed = PolicyChange.NONE.and(Map.of("policy", "observational", "budget", "16000"))
                .of(Policy.standard());
        older.set("changedPolicy", mapper.valueToTree(changed));
        // when
        ViewState head = RowSerdes.heads().deserializer().deserialize("store", mapper.writeValueAsBytes(older));
        // then
        assertThat(head.policy(Policy.standard())).isEqualTo(changed);
        assertThat(head.openEdits()).isZero();
    }
}
