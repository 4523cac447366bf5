package io.mnemosyne.bench.models;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationRequest.Priority;

/** Made-up observation requests, each of a thread of its own, so that no two are alike. */
final class Requests {
    private static final int TURNS = 8;
    private static final int TOKENS = 60;

    private Requests() {
    }

    /** @param lease from now; after it the worker answers that the request has expired */
    static ObservationRequest observation(String prefix, int number, boolean urgent, Duration lease) {
        ThreadKey thread = new ThreadKey("default", prefix + "-" + number);
        Instant begin = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(number));
        List<Rendition> turns = LongStream.range(0, TURNS).mapToObj(seq -> new Rendition(seq,
                seq % 2 == 0 ? Role.USER : Role.ASSISTANT, Optional.of(begin.plusSeconds(seq)), TOKENS,
                List.of(new Part.Text(Content.of(text(number, seq)))))).toList();
        return new ObservationRequest(Sha256.id("bench", thread.toString()), thread, 0, new SeqRange(0, TURNS - 1), 1,
                Instant.now().plus(lease), urgent ? Priority.HIGH : Priority.NORMAL, "", turns);
    }

    private static String text(int number, long seq) {
        return "Request %d, turn %d: the build of module m%d fails in src/main/java/Service%d.java, line %d, since the pool has %d connections; please raise it and run the tests again."
                .formatted(number, seq, number % 40, number, 10 + seq, number % 64);
    }
}
