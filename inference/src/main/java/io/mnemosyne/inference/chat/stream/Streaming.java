package io.mnemosyne.inference.chat.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;

/**
 * A model behind a streaming SDK.
 * <p>
 * Each call runs on a virtual thread of its own, and the caller waits for it: until the answer is there, the deadline passes,
 * or it is interrupted. In the latter cases the call's thread is interrupted, which closes the socket that it reads from, so
 * nothing is held, and nobody waits, whatever the SDK does.
 */
public final class Streaming implements ChatModel {
    private static final Logger LOGGER = LoggerFactory.getLogger(Streaming.class);

    private final ModelId id;
    private final AnswerStream stream;
    private final RefusedParameters refused;

    public Streaming(ModelId id, AnswerStream stream, RefusedParameters refused) {
        this.id = id;
        this.stream = stream;
        this.refused = refused;
    }

    @Override
    public ModelId id() {
        return id;
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
        while (true) {
            Set<String> parameters = stream.parameters(refused.all());
            var answer = new AnswerSoFar(request.prompt());
            try {
                return attempt(request, parameters, answer);
            } catch (ErrorResponseException e) {
                Failure failure = e.response().failure();
                Optional<String> parameter = failure == Failure.REJECTED
                        ? refused.learn(e.response(), parameters, stream)
                        : Optional.empty();
                if (parameter.isEmpty()) {
                    throw answer.failed(failure, "answered with an error: " + e.response(), e.response().retryAfter());
                }
                LOGGER.atInfo().addKeyValue("model", id).addKeyValue("parameter", parameter.get())
                        .log("the model does not take a parameter; it is left out from now on");
            }
        }
    }

    private ChatAnswer attempt(ChatRequest request, Set<String> parameters, AnswerSoFar answer)
            throws ErrorResponseException, ChatException, InterruptedException {
        if (request.deadline().isPassed()) {
            throw answer.failed(Failure.TIMEOUT, "was not called: the deadline had passed");
        }
        var call = new FutureTask<>(() -> {
            stream.read(request.prompt(), parameters, answer);
            return answer.complete();
        });
        Thread.ofVirtual().name("model-call").start(call);
        try {
            return call.get(request.deadline().left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw answer.failed(Failure.TIMEOUT, "did not answer before the deadline");
        } catch (ExecutionException e) {
            throw thrown(e, answer);
        } finally {
            call.cancel(true);
        }
    }

    private static ChatException thrown(ExecutionException thrown, AnswerSoFar answer) throws ErrorResponseException {
        return switch (thrown.getCause()) {
            case ErrorResponseException e -> throw e;
            case ChatException e -> e;
            case Error e -> throw e;
            case null -> answer.failed(Failure.MALFORMED, "failed");
            case Throwable e -> failure(e, answer);
        };
    }

    /** What an exception of an SDK means is in its causes; its message may quote what was read. */
    private static ChatException failure(Throwable thrown, AnswerSoFar answer) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case JsonProcessingException e -> {
                    return answer.failed(Failure.MALFORMED, "sent what is not its wire format: " + kind(e));
                }
                case InterruptedIOException e -> {
                    return answer.failed(Failure.TIMEOUT, "was silent for too long: " + kind(e));
                }
                case IOException e -> {
                    return answer.failed(Failure.DISCONNECTED, "cannot be reached, or broke off: " + kind(e));
                }
                default -> {
                    // The cause says more.
                }
            }
        }
        return answer.failed(Failure.MALFORMED, "sent what cannot be read: " + kind(thrown));
    }

    private static String kind(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }
}
