package io.mnemosyne.replay.machines;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.reflect.ReflectionRequest;

/** What the stages of a thread have to tell each other, in the order in which it was said. */
final class Tape {

    /** Something that a stage wrote and others have yet to read. */
    sealed interface Message {

        /** A record of {@code turns}. */
        record Ordered(TurnsRecord record) implements Message {
        }

        /** A record of {@code memory}. */
        record Remembered(MemoryRecord record) implements Message {
        }

        /** A request to a worker. */
        record ToObserve(ObservationRequest request) implements Message {
        }

        /** A request to a worker. */
        record ToReflect(ReflectionRequest request) implements Message {
        }

        /** A record of {@code commands}. */
        record ToIngest(Command command) implements Message {
        }

        /** A request to a worker. */
        record ToSummarize(SummaryRequest request) implements Message {
        }
    }

    private final Deque<Message> messages = new ArrayDeque<>();

    void add(TurnsRecord record) {
        messages.add(new Message.Ordered(record));
    }

    void add(MemoryRecord record) {
        messages.add(new Message.Remembered(record));
    }

    void add(ObservationRequest request) {
        messages.add(new Message.ToObserve(request));
    }

    void add(ReflectionRequest request) {
        messages.add(new Message.ToReflect(request));
    }

    void add(Command command) {
        messages.add(new Message.ToIngest(command));
    }

    void add(SummaryRequest request) {
        messages.add(new Message.ToSummarize(request));
    }

    Optional<Message> next() {
        return Optional.ofNullable(messages.poll());
    }
}
