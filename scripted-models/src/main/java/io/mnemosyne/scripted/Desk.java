package io.mnemosyne.scripted;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.mnemosyne.scripted.Behaviour.Trouble;
import io.mnemosyne.scripted.Call.Ending;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers requests: checks them, asks the script, records what was done. Thread-safe. */
final class Desk {
    /** Characters; Anthropic's limit is as many bytes. */
    private static final int MAX_BODY = 32 * 1024 * 1024;

    private final List<WireFormat> formats = List.of(new AnthropicFormat(), new OpenAiFormat());
    private final AtomicLong valid = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final Supplier<Script> script;
    private final Optional<TokenBucket> bucket;
    private final CallLog log;

    Desk(Supplier<Script> script, Optional<TokenBucket> bucket, CallLog log) {
        this.script = script;
        this.bucket = bucket;
        this.log = log;
    }

    /** Whether the connection can take another request. */
    boolean serve(HttpRequest request, Peer peer) throws IOException {
        Turn turn = turn(request);
        boolean close = request.wantsClose() || turn.delivery().broken();
        AtomicReference<Call> entry = log.begin(new Call(Instant.now(), turn.wire(), turn.model(),
                hash(request.body()), turn.delivery().status(), turn.done(), Ending.UNDER_WAY));
        Ending end = turn.delivery().broken() ? Ending.BROKEN_OFF : Ending.SENT;
        try {
            turn.delivery().to(peer, close, () -> entry.updateAndGet(call -> call.ended(end)));
        } catch (IOException e) {
            entry.updateAndGet(call -> call.ended(Ending.CLIENT_LEFT));
            throw e;
        }
        return !close;
    }

    /** What is done with one request. */
    private record Turn(Wire wire, String model, String done, Delivery delivery) {
    }

    private Turn turn(HttpRequest request) {
        WireFormat format = format(request);
        var performer = new Performer(format, "%08d".formatted(answers.incrementAndGet()));
        ScriptedRequest asked;
        try {
            checkPlace(request, format);
            asked = format.read(request);
        } catch (Problem problem) {
            return new Turn(format.wire(), "", "invalid: " + problem.getMessage(), performer.fail(problem.failure()));
        }
        Duration wait = bucket.map(TokenBucket::take).orElse(Duration.ZERO);
        Behaviour behaviour = wait.isZero()
                ? script.get().behave(asked.withNumber(valid.getAndIncrement()))
                : Behaviour.rateLimited(wait);
        return new Turn(format.wire(), asked.model(), name(behaviour), performer.perform(behaviour, asked));
    }

    private static void checkPlace(HttpRequest request, WireFormat format) throws Problem {
        if (!request.path().equals(format.path()) || !request.method().equals("POST")) {
            throw Problem.of(Trouble.NOT_FOUND, "Not Found: " + request.method() + " " + request.path());
        }
        if (request.body().length() > MAX_BODY) {
            throw Problem.of(Trouble.TOO_LARGE, "Request exceeds the maximum size");
        }
    }

    private WireFormat format(HttpRequest request) {
        return formats.stream().filter(format -> format.path().equals(request.path())).findFirst()
                .orElseGet(() -> formats.get(request.header("anthropic-version").isPresent() ? 0 : 1));
    }

    private static String name(Behaviour behaviour) {
        return switch (behaviour) {
            case Behaviour.Say say when say.fault() == Behaviour.Fault.NONE -> "Say " + say.stop();
            case Behaviour.Say say -> "Say " + say.fault();
            case Behaviour.Fail failure -> "Fail " + failure.trouble();
            case Behaviour.Page page -> "Page " + page.status();
        };
    }

    private static String hash(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
