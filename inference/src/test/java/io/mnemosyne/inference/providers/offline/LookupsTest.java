package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;

import static org.assertj.core.api.Assertions.assertThat;

class LookupsTest {

    @Test
    void shouldKeepTheFieldsOfAJsonAnswer() {
        // given
        Transcript transcript = new Conversation().call("1", "get_user", "{\"user_id\":\"mia_3668\"}")
                .result("1",
                        "{\"name\":{\"first\":\"Mia\"},\"pay\":[{\"id\":\"card_1\"},{\"id\":\"card_2\"}],\"due\":255}")
                .transcript();
        // when
        LogEntry entry = Lookups.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.FACT);
        assertThat(entry.text())
                .isEqualTo("get_user(user_id=mia_3668): name.first=Mia, pay.id=card_1|card_2, due=255");
    }

    @Test
    void shouldReportAFailedLookup() {
        // given
        Transcript transcript = new Conversation().call("1", "book", "{\"flight\":\"HAT136\"}")
                .failure("1", "Error: payment amount does not add up, total price is 305").transcript();
        // when
        LogEntry entry = Lookups.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.ERROR);
        assertThat(entry.text()).contains("HAT136", "total price is 305");
    }
}
