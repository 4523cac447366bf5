package io.mnemosyne.core.fidelity;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;

/** Objects for tests of their forms. */
final class SomeObjects {
    private SomeObjects() {
    }

    static SemanticObject of(Type type, String stub, String text) {
        return of(type, stub, text, O200kTokenCounter.shared());
    }

    static SemanticObject of(Type type, String stub, String text, TokenCounter counter) {
        String hash = Sha256.hex(text);
        return new SemanticObject(hash.substring(0, 32), type, SeqRange.of(7), 0, stub, hash, Sha256.utf8Length(text),
                counter.count(text), "", Optional.empty(), type == Type.ERROR_CONTEXT,
                Optional.empty(), new SemanticObject.Admission(true, 1, "test"), List.of(), List.of(),
                Optional.empty());
    }
}
