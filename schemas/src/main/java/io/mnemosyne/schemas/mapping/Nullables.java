package io.mnemosyne.schemas.mapping;

import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** Optional values of the core are nullable fields of the schemas. */
final class Nullables {
    private Nullables() {
    }

    static <T> @Nullable T toAvro(Optional<T> value) {
        return value.orElse(null);
    }

    static @Nullable Long toAvro(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    static <T> Optional<T> toCore(@Nullable T value) {
        return Optional.ofNullable(value);
    }

    static OptionalLong toCore(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
