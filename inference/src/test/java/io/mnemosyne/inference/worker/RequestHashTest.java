package io.mnemosyne.inference.worker;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.inference.completions.RequestHash;
import io.mnemosyne.inference.providers.ModelName;

import static org.assertj.core.api.Assertions.assertThat;

class RequestHashTest {
    private static final ModelName MODEL = new ModelName("offline", "extractive", "1");

    @Test
    void shouldBeTheSameForARetry() {
        assertThat(RequestHash.of(Requests.of("a", 2, Requests.NOW, Priority.HIGH), MODEL))
                .isEqualTo(RequestHash.of(Requests.of("a"), MODEL)).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldChangeWithContentModelAndPrompt() {
        // given
        String hash = RequestHash.of(Requests.of("a"), MODEL);
        // when / then
        assertThat(RequestHash.of(Requests.of("b"), MODEL)).isNotEqualTo(hash);
        assertThat(RequestHash.of(Requests.of("a"), new ModelName("offline", "extractive", "2"))).isNotEqualTo(hash);
        assertThat(RequestHash.of(Requests.of("a"), new ModelName("other", "extractive", "1"))).isNotEqualTo(hash);
    }

    @Test
    void shouldTellSummariesApartByAllThatDecidesThem() {
        // given
        SummaryRequest asked = Requests.summary("text", Fidelity.DETAILED, 80, 1);
        String hash = RequestHash.of(asked, MODEL);
        // when / then
        assertThat(RequestHash.of(Requests.summary("text", Fidelity.DETAILED, 80, 2), MODEL)).as("a retry")
                .isEqualTo(hash);
        assertThat(RequestHash.of(Requests.summary("other", Fidelity.DETAILED, 80, 1), MODEL)).isNotEqualTo(hash);
        assertThat(RequestHash.of(Requests.summary("text", Fidelity.COMPACT, 80, 1), MODEL)).isNotEqualTo(hash);
        assertThat(RequestHash.of(Requests.summary("text", Fidelity.DETAILED, 81, 1), MODEL)).isNotEqualTo(hash);
        assertThat(RequestHash.of(asked, new ModelName("offline", "extractive", "2"))).isNotEqualTo(hash);
    }

}
