package io.mnemosyne.context;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.schemas.streams.StateSerde;

import static org.assertj.core.api.Assertions.assertThat;

class RowSerdesTest {

    @Test
    void shouldReadAHeadThatHoldsAWholePolicyAsOneThatHoldsWhatChanged() throws Exception {
        // given a head as it was kept before
        ObjectMapper mapper = StateSerde.mapper();
        ObjectNode older = mapper.valueToTree(ViewState.EMPTY);
        older.remove("openEdits");
        older.put("edited", true);
        Policy changed = PolicyChange.NONE.and(Map.of("policy", "mask", "budget", "16000")).of(Policy.standard());
        older.set("changedPolicy", mapper.valueToTree(changed));
        // when
        ViewState head = RowSerdes.heads().deserializer().deserialize("store", mapper.writeValueAsBytes(older));
        // then
        assertThat(head.policy(Policy.standard())).isEqualTo(changed);
        assertThat(head.openEdits()).isZero();
    }
}
