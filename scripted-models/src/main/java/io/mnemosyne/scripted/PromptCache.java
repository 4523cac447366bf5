package io.mnemosyne.scripted;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which system prompts were seen. Short ones are not cached, as at the vendors. */
final class PromptCache {
    private static final int SHORTEST = 1024;
    private static final int MESSAGE_OVERHEAD = 4;

    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

    /** @param cached whether the client wants its system prompt cached, or need not ask for it */
    Usage usage(ScriptedRequest request, boolean cached, String answer) {
        int system = Usage.tokens(request.system());
        int messages = request.messages().stream()
                .mapToInt(message -> MESSAGE_OVERHEAD + Usage.tokens(message.text())).sum();
        boolean cacheable = cached && system >= SHORTEST;
        boolean first = cacheable && seen.add((request.model() + request.system()).hashCode());
        return new Usage(system + messages, cacheable && !first ? system : 0, first ? system : 0,
                Usage.tokens(answer));
    }
}
