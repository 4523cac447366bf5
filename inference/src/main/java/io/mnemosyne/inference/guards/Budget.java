package io.mnemosyne.inference.guards;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a tenant may spend in a day of UTC, for each worker process.
 *
 * @param tokens read and written together; empty for no limit
 * @param money in the price table's currency; empty for no limit
 */
public record Budget(OptionalLong tokens, Optional<BigDecimal> money) {
    public static final Budget UNLIMITED = new Budget(OptionalLong.empty(), Optional.empty());
}
