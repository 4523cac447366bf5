package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.inference.chat.AnswerSchema;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;

/** A model that does what it was told, call by call, and the last of it from then on. Every call takes a second. */
public final class ScriptedChat implements ChatModel {
    public static final TokenUsage USAGE = new TokenUsage(1_000, 0, 0, 100);
    static final Duration CALL = Duration.ofSeconds(1);

    /** What a call comes to. */
    @FunctionalInterface
    public interface Step {
        ChatAnswer answer() throws ChatException, InterruptedException;
    }

    private final ModelId id;
    private final VirtualTime time;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<Duration> startedAfter = new ArrayList<>();
    private final List<Duration> given = new ArrayList<>();

    public ScriptedChat(String id, VirtualTime time, Step... steps) {
        this.id = ModelId.parse(id);
        this.time = time;
        this.steps.addAll(List.of(steps));
    }

    public static Step answers() {
        return () -> new ChatAnswer("{}", USAGE, 0);
    }

    public static Step fails(Failure failure) {
        return fails(failure, TokenUsage.NONE, Optional.empty());
    }

    static Step fails(Failure failure, TokenUsage usage, Optional<Duration> retryAfter) {
        return () -> {
            throw new ChatException(failure, failure.name(), usage, retryAfter);
        };
    }

    static Step limited(Duration retryAfter) {
        return fails(Failure.RATE_LIMITED, TokenUsage.NONE, Optional.of(retryAfter));
    }

    static ChatRequest request(VirtualTime time, Duration within) {
        return request("acme", "x".repeat(400), time, within);
    }

    static ChatRequest request(String tenant, String text, VirtualTime time, Duration within) {
        return new ChatRequest(tenant, false, time.deadlineIn(within),
                new ChatPrompt("", List.of(ChatMessage.user(text)), new AnswerSchema("answer", ""), 0, 100));
    }

    public void then(Step step) {
        steps.add(step);
    }

    @Override
    public ModelId id() {
        return id;
    }

    @Override
    public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
        startedAfter.add(time.passed());
        given.add(request.deadline().left());
        Step step = steps.size() > 1 ? steps.removeFirst() : steps.getFirst();
        boolean hangs = step == HANGS;
        time.pass(hangs ? request.deadline().left() : CALL);
        return step.answer();
    }

    /** Answers nothing until the deadline. */
    public static final Step HANGS = () -> {
        throw new ChatException(Failure.TIMEOUT, "no answer in time");
    };

    public int calls() {
        return startedAfter.size();
    }

    /** When calls came, from the beginning of time. */
    public List<Duration> startedAfter() {
        return startedAfter;
    }

    /** How long each call might have taken. */
    List<Duration> given() {
        return given;
    }
}
