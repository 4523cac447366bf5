package io.mnemosyne.service;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.mnemosyne.core.Position;

/** The opaque text form of a position, handed to writers so that they can read their own writes. */
final class PositionToken {
    private PositionToken() {
    }

    static String of(Position position) {
        String plain = position.topic() + ":" + position.partition() + ":" + position.offset();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The position of a token; throws a {@link Problem} for a text that is none. */
    static Position parse(String token) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":", -1);
            if (fields.length == 3) {
                return new Position(fields[0], Integer.parseInt(fields[1]), Long.parseLong(fields[2]));
            }
        } catch (IllegalArgumentException e) {
            throw notAToken(token, e);
        }
        throw notAToken(token, new IllegalArgumentException("three fields expected"));
    }

    private static Problem notAToken(String token, IllegalArgumentException cause) {
        return Problem.badRequest("'after' is '" + token + "'; it must be a 'position' that this service gave out",
                cause);
    }
}
