package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.guards.Chain.Link;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ChainTest {
    private final VirtualTime time = new VirtualTime("2026-01-05T10:00:00Z");
    private final Counts counts = new Counts();
    /** Who was asked, how long it was given, and in whose stead. */
    private final List<String> asked = new ArrayList<>();

    @Test
    void shouldAskTheFirstAlone() throws Exception {
        // given / when
        String answer = chain(List.of(answers("p:a"), answers("p:b"), answers("offline"))).answer(ask("acme"),
                minute());
        // then
        assertThat(answer).isEqualTo("p:a");
        assertThat(asked).containsExactly("p:a PT34.8S");
        assertThat(counts.snapshot()).isEmpty();
    }

    @Test
    void shouldTellTheNextWhyTheOthersDidNotAnswerAndKeepTimeForIt() throws Exception {
        // given two models that take all the time that they get
        Model<Ask, String> chain = chain(List.of(hangs("p:a"), hangs("p:b"), answers("offline")));
        // when
        String answer = chain.answer(ask("acme"), minute());
        // then
        assertThat(answer).isEqualTo("offline");
        assertThat(asked).containsExactly("p:a PT34.8S", "p:b PT23.2S instead of p:a: hung",
                "offline PT2S instead of p:a: hung; p:b: hung");
        assertThat(counts.snapshot()).containsExactly(Map.entry("chain.extractor", 1L));
    }

    @Test
    void shouldGiveTheLastModelAllThatIsLeftWhenNoExtractorFollows() throws Exception {
        // given
        Model<Ask, String> chain = chain(List.of(hangs("p:a"), answers("p:b")));
        // when
        chain.answer(ask("acme"), minute());
        // then
        assertThat(asked).containsExactly("p:a PT36S", "p:b PT24S instead of p:a: hung");
        assertThat(counts.snapshot()).containsExactly(Map.entry("chain.fallback", 1L));
    }

    @Test
    void shouldAskOnlyTheExtractorWhenNoTimeIsLeftForAModel() throws Exception {
        // given
        Model<Ask, String> chain = chain(List.of(answers("p:a"), answers("offline")));
        // when
        chain.answer(ask("acme"), new CallContext(time.deadlineIn(Duration.ofMillis(2_900)), Optional.empty()));
        // then
        assertThat(asked).containsExactly("offline PT2.9S instead of p:a: not asked, no time was left");
        assertThat(counts.snapshot()).containsEntry("chain.no-time", 1L);
    }

    @Test
    void shouldNameAllReasonsWhenNobodyAnswersAndRepeatIfAnyWouldBe() {
        // given
        Model<Ask, String> once = chain(
                List.of(fails("p:a", "overloaded (529)", true), fails("p:b", "refused", false)));
        Model<Ask, String> never = chain(List.of(fails("p:a", "refused", false), fails("p:b", "too large", false)));
        // when
        ModelException failure = catchThrowableOfType(ModelException.class,
                () -> once.answer(ask("acme"), minute()));
        // then
        assertThat(failure).hasMessage("p:a: overloaded (529); p:b: refused");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(catchThrowableOfType(ModelException.class, () -> never.answer(ask("acme"), minute()))
                .isRetryable()).isFalse();
        assertThat(counts.snapshot()).containsExactly(Map.entry("chain.failed", 2L));
    }

    @Test
    void shouldGoOnBehindAModelThatBreaksWithoutQuotingWhatItSays() throws Exception {
        // given
        Model<Ask, String> chain = chain(List.of(model("p:a", (_, _) -> {
            throw new IllegalStateException("the user said: secret");
        }), answers("offline")));
        // when
        chain.answer(ask("acme"), minute());
        // then
        assertThat(asked).last().isEqualTo("offline PT1M instead of p:a: broke by IllegalStateException");
    }

    @Test
    void shouldStopWhenInterruptedInsteadOfAskingTheNext() {
        // given
        Model<Ask, String> chain = chain(List.of(model("p:a", (_, _) -> {
            throw new InterruptedException();
        }), answers("offline")));
        // when / then
        assertThatThrownBy(() -> chain.answer(ask("acme"), minute())).isInstanceOf(InterruptedException.class);
        assertThat(asked).containsExactly("p:a PT58S");
    }

    @Test
    void shouldPickTheChainOfTheTenant() throws Exception {
        // given
        Model<Ask, String> byTenant = new ByTenant<>(Map.of("acme", chain(List.of(answers("p:a")))),
                chain(List.of(answers("p:b"))));
        // when / then
        assertThat(byTenant.answer(ask("acme"), minute())).isEqualTo("p:a");
        assertThat(byTenant.answer(ask("other"), minute())).isEqualTo("p:b");
        assertThat(byTenant.nameFor(ask("acme")).model()).isEqualTo("a");
    }

    private Model<Ask, String> chain(List<Link<Ask, String>> links) {
        return new Chain<>(links, counts);
    }

    private Link<Ask, String> answers(String id) {
        return model(id, (_, _) -> id);
    }

    private Link<Ask, String> hangs(String id) {
        return model(id, (_, context) -> {
            time.pass(context.deadline().left());
            throw new ModelException("hung", true);
        });
    }

    private Link<Ask, String> fails(String id, String message, boolean retryable) {
        return model(id, (_, _) -> {
            throw new ModelException(message, retryable);
        });
    }

    private Link<Ask, String> model(String id, Answer answer) {
        return new Link<>(ModelId.parse(id), new Model<>() {
            @Override
            public ModelName nameFor(Ask request) {
                return new ModelName(ModelId.parse(id).provider(), ModelId.parse(id).model(), "1");
            }

            @Override
            public String answer(Ask request, CallContext context) throws ModelException, InterruptedException {
                asked.add(id + " " + context.deadline().left()
                        + context.insteadOf().map(why -> " instead of " + why).orElse(""));
                return answer.to(request, context);
            }
        });
    }

    private interface Answer {
        String to(Ask request, CallContext context) throws ModelException, InterruptedException;
    }

    private CallContext minute() {
        return new CallContext(time.deadlineIn(Duration.ofMinutes(1)), Optional.empty());
    }

    private static Ask ask(String tenant) {
        return new Ask("r", new ThreadKey(tenant, "t"), 0, 1, Instant.EPOCH);
    }

    private record Ask(String requestId, ThreadKey thread, long incarnation, int attempt, Instant leaseUntil)
            implements
                ModelRequest {
    }
}
