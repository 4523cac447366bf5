package io.mnemosyne.inference.providers.offline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult.Summarized;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.providers.CallContext;

import static org.assertj.core.api.Assertions.assertThat;

class OfflineSummarizerTest {
    private static final String TEXT = "The build of module core failed at step 17 again.\n".repeat(60);
    private final OfflineSummarizer summarizer = new OfflineSummarizer(O200kTokenCounter.shared());

    @Test
    void shouldAnswerWithTheExcerptAloneThatStandsInForASummary() {
        // given
        SummaryRequest request = request(Optional.empty());
        Form form = new Shortening(O200kTokenCounter.shared()).of(request.object(), TEXT).detailed();
        // when
        Summarized summary = (Summarized) summarizer.answer(request, CallContext.within(Duration.ofSeconds(9)));
        // then
        assertThat(summary.text()).isNotBlank().doesNotContain("[Summary of").doesNotContain("[Cannot answer");
        assertThat(form.text()).contains(summary.text());
        assertThat(summary.losses()).isEqualTo(form.losses());
        assertThat(summary.provenance().provider()).isEqualTo("offline");
        assertThat(summary.provenance().micros()).isZero();
    }

    @Test
    void shouldUseTheFormsThatWereMadeOfTheWholeText() {
        // given an object whose text was moved out of its turn
        Form made = new Form("[Summary of TOOL_RESULT: a [build]: 3 lines]\nIt failed.\n[kept]\n[Cannot answer: when]",
                List.of("when"), 20);
        // when
        Summarized summary = summarizer.summarize(request(Optional.of(new Forms(made, made, made, made))));
        // then
        assertThat(summary.text()).isEqualTo("It failed.\n[kept]");
        assertThat(summary.losses()).containsExactly("when");
    }

    private static SummaryRequest request(Optional<Forms> forms) {
        SemanticObject object = new SemanticObject("0123456789abcdef0123456789abcdef",
                SemanticObject.Type.TOOL_RESULT, SeqRange.of(12), 0, "make", Sha256.hex(TEXT), TEXT.length(),
                O200kTokenCounter.shared().count(TEXT), "bash", Optional.empty(), false, Optional.empty(),
                new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of(), forms);
        return new SummaryRequest("r", new ThreadKey("default", "t"), 0, 1, Instant.MAX, object, Fidelity.DETAILED, 100,
                Content.of(TEXT));
    }
}
