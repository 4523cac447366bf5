package io.mnemosyne.inference.guards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;

/** What calls cost. A price per million tokens is the same number as millionths per token. */
public record PriceTable(Map<ModelId, Price> prices) {
    public PriceTable {
        prices = Map.copyOf(prices);
    }

    public boolean has(ModelId model) {
        return prices.containsKey(model);
    }

    /** In millionths of the table's currency, rounded half up; 0 without a price. */
    public long micros(ModelId model, TokenUsage usage) {
        Price price = prices.get(model);
        if (price == null) {
            return 0;
        }
        long uncached = Math.max(0, usage.input() - usage.cacheRead() - usage.cacheWrite());
        return times(price.input(), uncached).add(times(price.cacheRead(), usage.cacheRead()))
                .add(times(price.cacheWrite(), usage.cacheWrite())).add(times(price.output(), usage.output()))
                .setScale(0, RoundingMode.HALF_UP).longValue();
    }

    /** Millionths as whole units of the currency, for people. */
    public static String inUnits(long micros) {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
