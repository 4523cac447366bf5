package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;

/**
 * Tries again what may well work a little later, while there is time: at most four tries, of which at most two that are
 * paid for without an answer. Between them it waits a random time of up to 0.5, 1, 2 s, or as long as the provider wants.
 * Usage and cost are those of all tries. Thread-safe if the source of chance is.
 *
 * @param cost of what a failed try used, millionths
 */
public record Retrying(ChatModel model, ToLongFunction<TokenUsage> cost, RandomGenerator random, Time time,
        Counts counts) implements ChatModel {
    private static final int MOST_TRIES = 4;
    /** A model that loops or that is cut off does so again, at full price. */
    private static final int MOST_PAID_IN_VAIN = 2;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
    /** With less than this left after a wait, it is better spent on the next of the chain. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(1);

    @Override
    public ModelId id() {
        return model.id();
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
        TokenUsage used = TokenUsage.NONE;
        long micros = 0;
        int paidInVain = 0;
        for (int tries = 1;; tries++) {
            try {
                ChatAnswer answer = model.answer(request);
                counts.raise("try.answered");
                return new ChatAnswer(answer.text(), used.plus(answer.usage()), micros + answer.micros());
            } catch (ChatException e) {
                counts.raise("try." + e.failure().name().toLowerCase(Locale.ROOT).replace('_', '-'));
                used = used.plus(e.usage());
                micros += cost.applyAsLong(e.usage());
                paidInVain += e.usage().total() > 0 ? 1 : 0;
                Duration wait = waitFor(e, tries);
                boolean worth = e.failure().isWorthRepeating() && tries < MOST_TRIES && paidInVain < MOST_PAID_IN_VAIN
                        && wait.compareTo(request.deadline().left().minus(LEAST_TIME)) <= 0;
                if (!worth) {
                    throw used.equals(e.usage())
                            ? e
                            : new ChatException(e.failure(), String.valueOf(e.getMessage()), used, e.retryAfter());
                }
                time.sleep(wait.toNanos());
            }
        }
    }

    private Duration waitFor(ChatException failure, int tries) {
        long most = Math.min(LONGEST_WAIT.toNanos(), FIRST_WAIT.toNanos() << (tries - 1));
        Duration wait = Duration.ofNanos(random.nextLong(most + 1));
        return failure.retryAfter().filter(wanted -> wanted.compareTo(wait) > 0).orElse(wait);
    }
}
