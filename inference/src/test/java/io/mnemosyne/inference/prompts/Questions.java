package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recalled;

/** Questions to memory, what was found for them, and answers to them. */
final class Questions {
    private Questions() {
    }

    static AnswerRequest request(Recalled... found) {
        return request("Which port does RegistryServer use?", found);
    }

    static AnswerRequest request(String question, Recalled... found) {
        return new AnswerRequest(new ThreadKey("default", "t"), 0, question, List.of(found));
    }

    static Recalled found(String id, long seq, String passage, String... supersedes) {
        return new Recalled(id, MemoryQuery.Kind.OBJECT, Optional.of(SemanticObject.Type.TOOL_RESULT),
                SeqRange.of(seq), Optional.of(Instant.parse("2026-03-01T10:02:00Z")), "ran netstat", passage, 2_310, 1,
                List.of(supersedes));
    }

    static String answer(String text, boolean told, int... passages) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("answer", text).put("told", told);
        var numbers = answer.putArray("passages");
        for (int passage : passages) {
            numbers.add(passage);
        }
        return answer.toString();
    }
}
