package io.mnemosyne.inference.guards;

import java.math.BigDecimal;

/** What a million tokens cost, in the price table's currency; each from 0. */
public record Price(BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {
}
