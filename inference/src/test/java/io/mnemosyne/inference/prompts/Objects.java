package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.SummaryRequest;

/** Requests for summaries, and answers to them. */
final class Objects {
    /** What most of them are to shorten. */
    static final String TEXT = """
                               package io.mnemosyne.registry;

                               /** Listens for schemas on a port. */
                               final class RegistryServer {
                                   static final int DEFAULT_PORT = 8081;
                                   private final java.util.Map<String, String> subjects = new java.util.HashMap<>();

                                   String register(String subject, String schema) {
                                       return subjects.merge(subject, schema, (old, now) -> now);
                                   }
                               }
                               """;

    private Objects() {
    }

    static SummaryRequest request(String text) {
        return request(text, "read src/RegistryServer.java: 11 lines", 80);
    }

    static SummaryRequest request(String text, String stub, long target) {
        SemanticObject object = new SemanticObject("0123456789abcdef0123456789abcdef",
                SemanticObject.Type.FILE_CONTEXT, SeqRange.of(12), 0, stub, Sha256.hex(text), text.length(), 120,
                "read", Optional.of("src/RegistryServer.java"), false, Optional.empty(),
                new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of(), Optional.empty());
        return new SummaryRequest("r", new ThreadKey("default", "t"), 0, 1, Instant.MAX, object, Fidelity.DETAILED,
                target, Content.of(text));
    }

    static String answer(String summary, String... losses) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("summary", summary);
        List.of(losses).forEach(answer.putArray("losses")::add);
        return answer.toString();
    }
}
