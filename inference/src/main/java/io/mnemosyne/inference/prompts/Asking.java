package io.mnemosyne.inference.prompts;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

/**
 * All that a model is asked for one request: adds up what it takes, and says once what was wrong with an answer.
 *
 * <p>Threading notes: of one call, on its thread.
 */
final class Asking {
    private final ChatModel chat;
    private final ModelName name;
    private final ModelRequest request;
    private final CallContext context;
    private final PromptRoom room;
    private final Counts counts;
    private TokenUsage usage = TokenUsage.NONE;
    private long micros;
    private boolean repaired;

    Asking(ChatModel chat, ModelName name, ModelRequest request, CallContext context, PromptRoom room, Counts counts) {
        this.chat = chat;
        this.name = name;
        this.request = request;
        this.context = context;
        this.room = room;
        this.counts = counts;
    }

    /** Makes something of an answer. */
    interface Reader<A> {
        /** @param again whether it is the answer to being told what was wrong with an earlier one */
        Reading<A> read(String answer, boolean again);
    }

    /** Says what is wrong with an answer. */
    interface Reply {
        String to(Problems problems);
    }

    /**
     * The answer to a prompt; if that is of no use, the answer to being told so, but only once for a request.
     *
     * @throws ChatException if no answer came
     */
    <A> Reading<A> ask(ChatPrompt prompt, Deadline deadline, Reader<A> reader, Reply reply)
            throws ChatException, InterruptedException {
        String answer = call(prompt, deadline);
        Reading<A> reading = counted(reader.read(answer, false));
        if (reading.usable().isPresent() || repaired) {
            return reading;
        }
        ChatPrompt goingOn = prompt.goOn(answer, reply.to(reading.problems()));
        if (!room.holds(goingOn) || deadline.isPassed()) {
            return reading;
        }
        repaired = true;
        counts.raise("answer.repaired");
        return counted(reader.read(call(goingOn, deadline), true));
    }

    private String call(ChatPrompt prompt, Deadline deadline) throws ChatException, InterruptedException {
        try {
            ChatAnswer answer = chat
                    .answer(new ChatRequest(request.thread().tenant(), request.urgent(), deadline, prompt,
                            context.before()));
            usage = usage.plus(answer.usage());
            micros += answer.micros();
            return answer.text();
        } catch (ChatException e) {
            usage = usage.plus(e.usage());
            throw e;
        }
    }

    private <A> Reading<A> counted(Reading<A> reading) {
        reading.problems().countInto(counts);
        if (reading.usable().isEmpty()) {
            counts.raise("answer.unusable");
        }
        return reading;
    }

    /** Who answered, and what all calls together took. */
    Provenance provenance() {
        return new Provenance(name.provider(), name.model(), name.promptVersion(), usage.input(), usage.output(),
                micros,
                context.insteadOf());
    }

    /** The failure of a call as that of the request. */
    ModelException failed(ChatException e) {
        boolean later = e.failure().isWorthRepeating() || e.failure() == Failure.CIRCUIT_OPEN;
        return new ModelException(String.valueOf(e.getMessage()), later);
    }

    /** The failure of a request whose answers are of no use. */
    ModelException useless(Problems problems) {
        return new ModelException("no usable answer, last: " + problems.summary(), true);
    }
}
