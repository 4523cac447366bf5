package io.mnemosyne.core.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Origin;
import io.mnemosyne.core.ingest.TracedRun.People;
import io.mnemosyne.core.trace.ProviderUsage;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;

/** What the attributes of a turn say under names that many agents use. */
final class Attributes {
    private static final List<String> SESSION = List.of("langfuse.session.id", "session.id", "session_id", "sessionId",
            "gen_ai.conversation.id");
    private static final List<String> USER = List.of("langfuse.user.id", "user.id", "user_id", "userId");
    private static final List<String> TAGS = List.of("langfuse.trace.tags", "tags");
    /** What Langfuse takes, characters. */
    private static final int MAX_NAME = 200;
    /** More are no help to anybody, and the thread's head keeps them. */
    private static final int MAX_TAGS = 50;

    private Attributes() {
    }

    static People people(Origin origin) {
        return new People(name(origin, SESSION), name(origin, USER), tags(origin));
    }

    /** What the provider counted for the call that wrote the turn. */
    static ProviderUsage usage(Origin origin) {
        return ProviderUsage.of(origin.attributes().getOrDefault("usage", "{}"));
    }

    private static Optional<String> name(Origin origin, List<String> names) {
        return names.stream().flatMap(name -> text(origin.attributes().getOrDefault(name, "")).stream())
                .filter(text -> !text.isBlank() && text.length() <= MAX_NAME).findFirst();
    }

    private static List<String> tags(Origin origin) {
        for (String name : TAGS) {
            String json = origin.attributes().getOrDefault(name, "");
            List<String> tags = new ArrayList<>();
            try {
                List<String> elements = RawJson.isArray(json) ? RawJson.elements(json) : List.of(json);
                elements.forEach(element -> text(element).filter(tag -> !tag.isBlank() && tag.length() <= MAX_NAME)
                        .ifPresent(tags::add));
            } catch (InvalidTurnException e) {
                continue;
            }
            if (!tags.isEmpty()) {
                return tags.subList(0, Math.min(MAX_TAGS, tags.size()));
            }
        }
        return List.of();
    }

    private static Optional<String> text(String json) {
        try {
            return RawJson.isString(json) ? Optional.of(RawJson.string(json)) : Optional.empty();
        } catch (InvalidTurnException e) {
            return Optional.empty();
        }
    }
}
