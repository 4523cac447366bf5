package io.mnemosyne.inference.guards;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.guards.Spending.Balance;

import static io.mnemosyne.inference.guards.ScriptedChat.answers;
import static io.mnemosyne.inference.guards.ScriptedChat.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SpendingTest {
    private static final ModelId MODEL = ModelId.parse("p:m");
    private static final LocalDate TODAY = LocalDate.parse("2026-01-05");
    private static final PriceTable PRICES = new PriceTable(Map.of(MODEL,
            new Price(new BigDecimal("1"), new BigDecimal("5"), new BigDecimal("0.1"), new BigDecimal("1.25"))));

    private final VirtualTime time = new VirtualTime("2026-01-05T23:59:50Z");
    private final Counts counts = new Counts();
    private final ScriptedChat model = new ScriptedChat("p:m", time, answers());

    @Test
    void shouldPriceCachedTokensAndRoundHalfUp() {
        // given 1,000 tokens of which 301 were read from the cache and 100 written to it, and 10 of answer
        TokenUsage usage = new TokenUsage(1_000, 305, 100, 10);
        // when / then: 595 + 30.5 + 125 + 50
        assertThat(PRICES.micros(MODEL, usage)).isEqualTo(801);
        assertThat(PRICES.micros(ModelId.parse("p:other"), usage)).isZero();
    }

    @Test
    void shouldSayWhatAnAnswerCostAndWhatIsLeft() throws Exception {
        // given
        Spending spending = limited(tokens(10_000));
        // when
        ChatAnswer answer = call(spending, "acme", 400);
        // then
        assertThat(answer.micros()).isEqualTo(1_500);
        assertThat(spending.left("acme")).isEqualTo(new Balance(1_100, 1_500, OptionalLong.of(8_900),
                OptionalLong.empty()));
        assertThat(spending.balances()).isEqualTo(Map.of("acme", spending.left("acme")));
        assertThat(spending.left("other").tokens()).isZero();
        // and nothing of it tomorrow
        time.pass(Duration.ofSeconds(20));
        assertThat(spending.balances()).isEmpty();
    }

    @Test
    void shouldNotCallWhenThePromptIsMoreThanWhatIsLeft() throws Exception {
        // given 1,100 of 1,200 tokens spent
        Spending spending = limited(tokens(1_200));
        call(spending, "acme", 400);
        // when
        ChatException failure = refused(spending, "acme", 404);
        // then
        assertThat(failure).hasMessage("not called: the token budget (1100 of 1200 spent or under way, about 101 more "
                + "asked for) of acme is new at 2026-01-06T00:00:00Z");
        assertThat(failure.failure()).isEqualTo(Failure.OUT_OF_BUDGET);
        assertThat(model.calls()).isEqualTo(1);
        // and what fits is still called, for this tenant and for others
        call(spending, "acme", 400);
        call(spending, "other", 400);
    }

    @Test
    void shouldNotCallWhenTheMoneyIsSpent() throws Exception {
        // given
        Spending spending = limited(new Budget(OptionalLong.empty(), Optional.of(new BigDecimal("0.0016"))));
        call(spending, "acme", 400);
        // when
        ChatException failure = refused(spending, "acme", 404);
        // then
        assertThat(failure).hasMessageContaining("money budget (0.0015 of 0.0016 spent");
    }

    @Test
    void shouldSetPromptsOfCallsUnderWayAside() throws Exception {
        // given room for two prompts of 100 tokens, and calls that each start the next one before they end
        Spending spending = limited(tokens(250));
        List<Failure> failures = new ArrayList<>();
        ChatModel[] nested = new ChatModel[1];
        ScriptedChat burst = new ScriptedChat("p:m", time, () -> {
            try {
                return nested[0].answer(ScriptedChat.request(time, Duration.ofMinutes(1)));
            } catch (ChatException e) {
                failures.add(e.failure());
                return new ChatAnswer("{}", new TokenUsage(100, 0, 0, 10), 0);
            }
        });
        nested[0] = spending.guard(burst);
        // when
        nested[0].answer(ScriptedChat.request(time, Duration.ofMinutes(1)));
        // then
        assertThat(burst.calls()).isEqualTo(2);
        assertThat(failures).containsExactly(Failure.OUT_OF_BUDGET);
    }

    @Test
    void shouldGiveBackWhatAFailedCallDidNotUseAndBookWhatItDid() {
        // given
        Spending spending = limited(tokens(1_000));
        ScriptedChat failing = new ScriptedChat("p:m", time, fails(Failure.DISCONNECTED),
                fails(Failure.CUT_OFF, new TokenUsage(100, 0, 0, 60), Optional.empty()), () -> {
                    throw new IllegalStateException("broken");
                });
        ChatModel guarded = spending.guard(failing);
        // when
        for (int i = 0; i < 3; i++) {
            catchThrowableOfType(Exception.class,
                    () -> guarded.answer(ScriptedChat.request(time, Duration.ofMinutes(1))));
        }
        // then
        assertThat(spending.left("acme")).isEqualTo(new Balance(160, 400, OptionalLong.of(840),
                OptionalLong.empty()));
        assertThat(failing.calls()).isEqualTo(3);
    }

    @Test
    void shouldStartAfreshAtMidnightAndBookACallToTheDayInWhichItBegan() throws Exception {
        // given a spent budget of yesterday, and a call that goes on over midnight
        Spending spending = limited(tokens(1_300));
        call(spending, "acme", 400);
        ScriptedChat slow = new ScriptedChat("p:m", time, () -> {
            time.pass(Duration.ofSeconds(20));
            return answers().answer();
        });
        // when
        spending.guard(slow).answer(ScriptedChat.request(time, Duration.ofMinutes(1)));
        // then
        assertThat(time.instant()).isAfter("2026-01-06T00:00:00Z");
        assertThat(spending.left("acme").tokens()).isZero();
        call(spending, "acme", 400);
        assertThat(spending.left("acme").tokens()).isEqualTo(1_100);
    }

    @Test
    void shouldTakeUpTheLedgerOfTodayAfterARestart() {
        // given
        Spending spending = limited(tokens(1_000));
        // when
        spending.book("acme", TODAY, 900, 70);
        spending.book("acme", TODAY, 90, 7);
        spending.book("acme", TODAY.minusDays(1), 5_000, 5_000);
        // then
        assertThat(spending.left("acme")).isEqualTo(new Balance(990, 77, OptionalLong.of(10), OptionalLong.empty()));
        assertThat(refused(spending, "acme", 400).failure()).isEqualTo(Failure.OUT_OF_BUDGET);
    }

    @Test
    void shouldCountCallsWithoutAPriceAndThoseWithoutUsage() throws Exception {
        // given
        Spending spending = limited(Budget.UNLIMITED);
        ScriptedChat free = new ScriptedChat("p:free", time, answers(),
                () -> new ChatAnswer("x".repeat(40), TokenUsage.NONE, 0));
        // when
        ChatAnswer answer = spending.guard(free).answer(ScriptedChat.request(time, Duration.ofMinutes(1)));
        spending.guard(free).answer(ScriptedChat.request(time, Duration.ofMinutes(1)));
        // then what nobody counted is estimated: a provider that never counts would never spend anything
        assertThat(answer.micros()).isZero();
        assertThat(spending.left("acme").tokens()).isEqualTo(1_100 + 110);
        assertThat(counts.snapshot()).containsEntry("price.missing", 2L).containsEntry("usage.missing", 1L);
    }

    @Test
    void shouldSayOncePerTenantAndDayThatABudgetIsSpent() {
        // given
        Spending spending = limited(tokens(10));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Spending.class);
        logger.addAppender(log);
        try {
            // when
            refused(spending, "acme", 400);
            refused(spending, "acme", 400);
            refused(spending, "other", 400);
            time.pass(Duration.ofDays(1));
            refused(spending, "acme", 400);
        } finally {
            logger.detachAppender(log);
        }
        // then
        assertThat(log.list).extracting(event -> event.getKeyValuePairs().getFirst().value)
                .containsExactly("acme", "other", "acme");
    }

    private Spending limited(Budget budget) {
        return new Spending(_ -> budget, PRICES, time, counts);
    }

    private static Budget tokens(long most) {
        return new Budget(OptionalLong.of(most), Optional.empty());
    }

    private ChatAnswer call(Spending spending, String tenant, int chars) throws Exception {
        return spending.guard(model)
                .answer(ScriptedChat.request(tenant, "x".repeat(chars), time, Duration.ofMinutes(1)));
    }

    private ChatException refused(Spending spending, String tenant, int chars) {
        return catchThrowableOfType(ChatException.class, () -> call(spending, tenant, chars));
    }
}
