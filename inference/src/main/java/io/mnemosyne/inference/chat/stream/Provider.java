package io.mnemosyne.inference.chat.stream;

import java.time.Duration;

import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ModelId;

/** An endpoint with its connections. Thread-safe. */
public interface Provider extends AutoCloseable {
    /** How long a connection stays open without a call; shorter than the vendors keep it. */
    Duration KEEP_UNUSED = Duration.ofMinutes(1);

    ChatModel model(ModelId id);

    /** Makes calls as fast as they will be later, without making one. Takes seconds in a fresh process. */
    boolean rehearse();

    /** Closes all connections. Calls under way fail. */
    @Override
    void close();
}
