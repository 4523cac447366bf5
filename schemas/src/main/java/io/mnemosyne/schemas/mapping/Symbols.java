package io.mnemosyne.schemas.mapping;

/** Enums of the core and of the schemas have the same names; the schemas add {@code UNKNOWN} for symbols to come. */
final class Symbols {
    private static final String UNKNOWN = "UNKNOWN";

    private Symbols() {
    }

    static <A extends Enum<A>> A toAvro(Class<A> type, Enum<?> value) {
        return Enum.valueOf(type, value.name());
    }

    /** @throws UnknownKindException if the symbol is newer than this version */
    static <C extends Enum<C>> C toCore(Class<C> type, Enum<?> symbol) {
        if (symbol.name().equals(UNKNOWN)) {
            throw new UnknownKindException(type.getSimpleName(), UNKNOWN);
        }
        return Enum.valueOf(type, symbol.name());
    }
}
