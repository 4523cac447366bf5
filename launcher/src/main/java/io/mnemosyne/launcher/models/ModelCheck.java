package io.mnemosyne.launcher.models;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.chat.AnswerSchema;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.TokenUsage;

/**
 * What came of one cheap call.
 *
 * @param answers whether the model works
 * @param note what failed, or what is odd about the answer; empty if all is well
 * @param usage that is paid for
 */
record ModelCheck(boolean answers, Optional<Note> note, Duration latency, TokenUsage usage) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_OUTPUT = 16;
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final ChatPrompt PROMPT = new ChatPrompt("You check a connection. Answer in JSON.",
            List.of(ChatMessage.user("Say that you are there: {\"here\": true}")),
            new AnswerSchema("presence", """
                                         {"type": "object", "properties": {"here": {"type": "boolean"}}, \
                                         "required": ["here"], "additionalProperties": false}"""),
            0, MOST_OUTPUT);

    /**
     * What is to be told of a call.
     *
     * @param failure empty if nobody foresaw it, or the model answered, but not in the form that was asked for
     * @param what blank if there is nothing to add
     */
    record Note(Optional<Failure> failure, String what) {
    }

    /** Calls a model once. A model that does not keep to its deadline is left behind. Its making takes none of the time. */
    static ModelCheck of(Supplier<ChatModel> maker, Duration timeout) throws InterruptedException {
        ChatModel model;
        try {
            model = maker.get();
        } catch (RuntimeException e) {
            return unforeseen(e, Duration.ZERO);
        }
        ChatRequest request = new ChatRequest(ThreadKey.DEFAULT_TENANT, true, Deadline.in(timeout), PROMPT);
        FutureTask<ChatAnswer> call = new FutureTask<>(() -> model.answer(request));
        long begin = System.nanoTime();
        Thread thread = Thread.ofVirtual().name("check").start(call);
        try {
            ChatAnswer answer = call.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            return answered(answer, since(begin));
        } catch (TimeoutException e) {
            return failed(new ChatException(Failure.TIMEOUT, "it did not even give up in time"), since(begin));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatException told) {
                return failed(told, since(begin));
            }
            return unforeseen(e.getCause(), since(begin));
        } finally {
            thread.interrupt();
        }
    }

    /** Such an exception may quote what it likes, so only its name is told. */
    private static ModelCheck unforeseen(@Nullable Throwable thrown, Duration latency) {
        return new ModelCheck(false,
                Optional.of(new Note(Optional.empty(), String.valueOf(thrown).split(":", 2)[0])), latency,
                TokenUsage.NONE);
    }

    private static ModelCheck answered(ChatAnswer answer, Duration latency) {
        boolean asAsked = isAsAsked(answer.text());
        return new ModelCheck(asAsked, asAsked ? Optional.empty() : Optional.of(new Note(Optional.empty(), "")),
                latency,
                answer.usage());
    }

    private static ModelCheck failed(ChatException e, Duration latency) {
        return new ModelCheck(e.failure() == Failure.CUT_OFF,
                Optional.of(new Note(Optional.of(e.failure()), String.valueOf(e.getMessage()))), latency, e.usage());
    }

    private static boolean isAsAsked(String text) {
        try {
            return JSON.readTree(text).path("here").isBoolean();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
