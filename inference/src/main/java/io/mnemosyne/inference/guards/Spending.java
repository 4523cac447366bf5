package io.mnemosyne.inference.guards;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;

/**
 * Keeps every tenant within its budget of the day, for this process. A call is checked with its prompt as estimated, which
 * stays set aside until the call ends, so that a burst is overspent by no more than its answers and the error of the
 * estimate. It is booked to the day of UTC in which it began.
 *
 * <p>Threading notes: any number of threads; one lock guards all accounts and is never held during a call. Accounts are
 * kept for the tenants that called today; those of yesterday live on in the calls that began in it.
 */
public final class Spending {
    private static final Logger LOGGER = LoggerFactory.getLogger(Spending.class);
    private static final int CHARS_PER_TOKEN = 4;

    private final Function<String, Budget> budgets;
    private final PriceTable prices;
    private final Time time;
    private final Counts counts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Account> accounts = new HashMap<>();
    private LocalDate day = LocalDate.MIN;

    /**
     * What a tenant spent today.
     *
     * @param micros in millionths of the price table's currency
     * @param tokensLeft empty without a limit
     * @param microsLeft empty without a limit
     */
    public record Balance(long tokens, long micros, OptionalLong tokensLeft, OptionalLong microsLeft) {
    }

    private record Reservation(Account account, long tokens, long micros) {
    }

    /** @param budgets of a tenant */
    public Spending(Function<String, Budget> budgets, PriceTable prices, Time time, Counts counts) {
        this.budgets = budgets;
        this.prices = prices;
        this.time = time;
        this.counts = counts;
    }

    /** The same model, for who can pay; answers say what they cost. Others fail as {@link Failure#OUT_OF_BUDGET}. */
    public ChatModel guard(ChatModel model) {
        return new Guarded(model.id(), request -> call(model, request));
    }

    /** Books what was spent before this process started. Days other than today's are over, so that they are left out. */
    public void book(String tenant, LocalDate spentOn, long tokens, long micros) {
        locked(() -> {
            Account account = account(tenant);
            if (spentOn.equals(day)) {
                account.book(tokens, micros);
            }
            return account;
        });
    }

    public Balance left(String tenant) {
        return locked(() -> account(tenant).balance());
    }

    /** Of all tenants of which something is known today, by their names. */
    public Map<String, Balance> balances() {
        return locked(() -> {
            turnPage();
            Map<String, Balance> balances = new TreeMap<>();
            accounts.forEach((tenant, account) -> balances.put(tenant, account.balance()));
            return balances;
        });
    }

    private ChatAnswer call(ChatModel model, ChatRequest request) throws ChatException, InterruptedException {
        TokenUsage estimate = new TokenUsage(estimate(request.prompt()), 0, 0, 0);
        Reservation reservation = reserve(model.id(), request.tenant(), estimate);
        TokenUsage paid = TokenUsage.NONE;
        try {
            ChatAnswer answer = model.answer(request);
            paid = paid(answer, estimate);
            return new ChatAnswer(answer.text(), answer.usage(), prices.micros(model.id(), paid));
        } catch (ChatException e) {
            paid = e.usage();
            throw e;
        } finally {
            settle(model.id(), reservation, paid);
        }
    }

    /** A provider that does not say what it counted would never spend any budget. */
    private TokenUsage paid(ChatAnswer answer, TokenUsage estimate) {
        if (answer.usage().total() > 0) {
            return answer.usage();
        }
        counts.raise("usage.missing");
        return estimate.plus(new TokenUsage(0, 0, 0, tokens(answer.text().length())));
    }

    private Reservation reserve(ModelId model, String tenant, TokenUsage estimate) throws ChatException {
        long micros = prices.micros(model, estimate);
        lock.lock();
        try {
            Account account = account(tenant);
            Optional<String> spent = account.reserve(estimate.total(), micros);
            if (spent.isPresent()) {
                throw outOfBudget(tenant, account, spent.get());
            }
            return new Reservation(account, estimate.total(), micros);
        } finally {
            lock.unlock();
        }
    }

    private ChatException outOfBudget(String tenant, Account account, String spent) {
        String message = "not called: the " + spent + " of " + tenant + " is new at "
                + day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (account.isNews()) {
            LOGGER.atWarn().addKeyValue("tenant", tenant).addKeyValue("reason", message)
                    .log("A tenant's budget of the day does not suffice; what comes after the models in its chain answers");
        }
        return new ChatException(Failure.OUT_OF_BUDGET, message);
    }

    private void settle(ModelId model, Reservation reservation, TokenUsage paid) {
        if (paid.total() > 0 && !prices.has(model)) {
            counts.raise("price.missing");
        }
        long micros = prices.micros(model, paid);
        locked(() -> {
            reservation.account().release(reservation.tokens(), reservation.micros());
            reservation.account().book(paid.total(), micros);
            return reservation;
        });
    }

    /** Needs the lock. */
    private Account account(String tenant) {
        turnPage();
        return accounts.computeIfAbsent(tenant, name -> new Account(budgets.apply(name)));
    }

    /** Needs the lock. A clock that is set back over midnight opens no new day. */
    private void turnPage() {
        LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        if (today.isAfter(day)) {
            day = today;
            accounts.clear();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static long estimate(ChatPrompt prompt) {
        return tokens(prompt.system().length() + prompt.schema().json().length()
                + prompt.messages().stream().mapToLong(message -> message.text().length()).sum());
    }

    private static long tokens(long chars) {
        return (chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
    }
}
