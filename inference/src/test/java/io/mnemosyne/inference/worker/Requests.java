package io.mnemosyne.inference.worker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationRequest.Priority;

/** Requests of one thread. */
final class Requests {
    static final ThreadKey THREAD = new ThreadKey("default", "t1");
    static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    private Requests() {
    }

    static ObservationRequest of(String id) {
        return of(id, 1, LATER, Priority.NORMAL);
    }

    static ObservationRequest urgent(String id) {
        return of(id, 1, LATER, Priority.HIGH);
    }

    /** After so many deletions of the thread. */
    static ObservationRequest inLife(long incarnation, String id) {
        return of(incarnation, id, 1, LATER, Priority.NORMAL);
    }

    static ObservationRequest of(String id, int attempt, Instant leaseUntil, Priority priority) {
        return of(0, id, attempt, leaseUntil, priority);
    }

    static SummaryRequest summary(String text, Fidelity fidelity, long target, int attempt) {
        SemanticObject object = new SemanticObject("0123456789abcdef0123456789abcdef",
                SemanticObject.Type.TOOL_RESULT, SeqRange.of(3), 0, "make", Sha256.hex(text), text.length(), 400,
                "bash", Optional.empty(), false, Optional.empty(), new SemanticObject.Admission(true, 0.5, "score"),
                List.of(), List.of(), Optional.empty());
        return new SummaryRequest("s", THREAD, 0, attempt, LATER, object, fidelity, target, Content.of(text));
    }

    private static ObservationRequest of(long incarnation, String id, int attempt, Instant leaseUntil,
            Priority priority) {
        Rendition turn = new Rendition(0, Role.USER, Optional.empty(), 5,
                List.of(new Part.Text(Content.of("please do " + id))));
        return new ObservationRequest(id, THREAD, incarnation, new SeqRange(0, 0), attempt, leaseUntil, priority, "",
                List.of(turn));
    }
}
