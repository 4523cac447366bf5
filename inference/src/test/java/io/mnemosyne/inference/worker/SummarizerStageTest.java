package io.mnemosyne.inference.worker;

import java.time.Duration;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.fidelity.SummaryResult.Expired;
import io.mnemosyne.core.fidelity.SummaryResult.Failed;
import io.mnemosyne.core.fidelity.SummaryResult.Summarized;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.providers.offline.OfflineSummarizer;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

class SummarizerStageTest {
    private static final TopicNames NAMES = new TopicNames("here.");
    private static final TopicSerdes SERDES = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private static final SummaryRequest REQUEST = Requests.summary("The build failed again.\n".repeat(80),
            Fidelity.COMPACT, 90, 2);
    private final Stage<SummaryRequest, SummaryResult.Outcome> stage = Stage.summarizer(SERDES, NAMES,
            new OfflineSummarizer(O200kTokenCounter.shared()));

    @Test
    void shouldAnswerARequestAndItsRepetitionOutOfTheRecord() throws Exception {
        // given
        Call call = (Call) read(new WorkerRequest.Ask<>(REQUEST));
        // when
        Reply reply = call.ask(Deadline.in(Duration.ofMinutes(1)), call.begun().requestHash(), BeforeCall.NOTHING);
        // then
        SummaryResult result = result(reply);
        assertThat(result.requestId()).isEqualTo("s");
        assertThat(result.attempt()).isEqualTo(2);
        assertThat(result.outcome()).isInstanceOfSatisfying(Summarized.class, summary -> {
            assertThat(summary.objectId()).isEqualTo(REQUEST.object().id());
            assertThat(summary.fidelity()).isEqualTo(Fidelity.COMPACT);
        });
        Completion recorded = reply.completion().orElseThrow();
        assertThat(recorded.stage()).isEqualTo("summarizer");
        assertThat(result(call.recorded(recorded.response()))).isEqualTo(result);
        assertThat(call.recorded(recorded.response()).completion()).as("nothing is paid twice").isEmpty();
    }

    @Test
    void shouldSayWhatBecameOfARequestThatNobodyAnswered() {
        // given
        Call call = (Call) read(new WorkerRequest.Ask<>(REQUEST));
        // when / then
        assertThat(result(call.expired()).outcome()).isEqualTo(new Expired());
        assertThat(result(call.failed("no credit", false)).outcome()).isEqualTo(new Failed("no credit", false));
    }

    @Test
    void shouldForgetAThread() {
        assertThat(read(new WorkerRequest.Forget<>(Requests.THREAD, 3))).isEqualTo(new Forget(Requests.THREAD, 3));
    }

    private Work read(WorkerRequest<SummaryRequest> told) {
        assertThat(stage.topic()).isEqualTo("here.summarizer.requests");
        return stage.read(new ConsumerRecord<>(stage.topic(), 0, 0, Requests.THREAD.toString(),
                SERDES.summaryRequests().serializer().serialize(stage.topic(), told)));
    }

    private static SummaryResult result(Reply reply) {
        assertThat(reply.result().topic()).isEqualTo("here.summarizer.results");
        assertThat(reply.result().key()).isEqualTo(Requests.THREAD.toString());
        return SERDES.summaryResults().deserializer().deserialize(reply.result().topic(), reply.result().value());
    }
}
