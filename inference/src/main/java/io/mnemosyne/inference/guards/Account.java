package io.mnemosyne.inference.guards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/** What one tenant spent on one day, and what calls under way will at least spend. Guarded by its {@link Spending}. */
final class Account {
    private final OptionalLong mostTokens;
    private final OptionalLong mostMicros;
    private long tokens;
    private long micros;
    private long reservedTokens;
    private long reservedMicros;
    private boolean toldThatItIsSpent;

    Account(Budget budget) {
        this.mostTokens = budget.tokens();
        this.mostMicros = budget.money().map(Account::micros).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static long micros(BigDecimal money) {
        return money.movePointRight(6).setScale(0, RoundingMode.FLOOR).longValue();
    }

    /** Sets so much aside for a call, unless it is more than is left; then says which budget has how much left. */
    Optional<String> reserve(long estimate, long cost) {
        if (mostTokens.isPresent() && tokens + reservedTokens + estimate > mostTokens.getAsLong()) {
            return Optional.of("token budget (" + (tokens + reservedTokens) + " of " + mostTokens.getAsLong()
                    + " spent or under way, about " + estimate + " more asked for)");
        }
        if (mostMicros.isPresent() && (micros + reservedMicros + cost > mostMicros.getAsLong()
                || micros + reservedMicros == mostMicros.getAsLong())) {
            return Optional.of("money budget (" + PriceTable.inUnits(micros + reservedMicros) + " of "
                    + PriceTable.inUnits(mostMicros.getAsLong()) + " spent or under way, about "
                    + PriceTable.inUnits(cost) + " more asked for)");
        }
        reservedTokens += estimate;
        reservedMicros += cost;
        return Optional.empty();
    }

    void release(long estimate, long cost) {
        reservedTokens -= estimate;
        reservedMicros -= cost;
    }

    void book(long moreTokens, long moreMicros) {
        tokens += moreTokens;
        micros += moreMicros;
    }

    /** Whether nobody was told of it yet; from now on somebody was. */
    boolean isNews() {
        boolean news = !toldThatItIsSpent;
        toldThatItIsSpent = true;
        return news;
    }

    Spending.Balance balance() {
        return new Spending.Balance(tokens, micros, left(mostTokens, tokens), left(mostMicros, micros));
    }

    private static OptionalLong left(OptionalLong most, long spent) {
        return most.isPresent() ? OptionalLong.of(Math.max(0, most.getAsLong() - spent)) : most;
    }
}
