package io.mnemosyne.scripted;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Scripts by name, for the command line. */
public final class Scripts {
    private static final Map<String, Script> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("fixed", Script.always(Behaviour.answer("This is a scripted answer."))),
            Map.entry("memory", ScriptedBrain::behave),
            Map.entry("empty", Script.always(Behaviour.empty())),
            Map.entry("refusing", Script.always(Behaviour.refusal())),
            Map.entry("filtered", Script.always(Behaviour.filtered())),
            Map.entry("looping", Script.always(Behaviour.looping("I have to look at the file again. "))),
            Map.entry("wrong-schema", Script.always(Behaviour.wrongSchema())),
            Map.entry("cut-off", Script.always(Behaviour.cutOff("{\"entries\": [{\"text\": \"The user wan"))),
            Map.entry("slow-start",
                    Script.always(Behaviour.answer("Late.").slowly(Duration.ofMinutes(5), Duration.ZERO))),
            Map.entry("trickling", Script.always(Behaviour.answer("Drop by drop. ".repeat(200))
                    .slowly(Duration.ZERO, Duration.ofSeconds(1)))),
            Map.entry("broken", Script.always(Behaviour.answer("This breaks off. ").with(Behaviour.Fault.BROKEN))),
            Map.entry("ended", Script.always(Behaviour.answer("This ends early. ").with(Behaviour.Fault.ENDED))),
            Map.entry("garbled", Script.always(Behaviour.answer("Garbled. ").with(Behaviour.Fault.GARBLED))),
            Map.entry("error-event", Script.always(Behaviour.answer("It fails. ").with(Behaviour.Fault.ERROR))),
            Map.entry("html", Script.always(Behaviour.htmlInsteadOfJson())),
            Map.entry("bad-gateway", Script.always(Behaviour.badGateway())),
            Map.entry("rate-limited", Script.always(Behaviour.rateLimited(Duration.ofSeconds(2)))),
            Map.entry("server-error", Script.always(Behaviour.fail(Behaviour.Trouble.SERVER_ERROR))),
            Map.entry("overloaded", Script.always(Behaviour.fail(Behaviour.Trouble.OVERLOADED))),
            Map.entry("too-large", Script.always(Behaviour.fail(Behaviour.Trouble.TOO_LARGE))),
            Map.entry("too-long", Script.always(Behaviour.fail(Behaviour.Trouble.CONTEXT_TOO_LONG))),
            Map.entry("unauthorized", Script.always(Behaviour.fail(Behaviour.Trouble.UNAUTHORIZED))),
            Map.entry("reasoning", reasoning(Script.always(Behaviour.answer("This is a scripted answer."))))));

    private Scripts() {
    }

    /** All names, sorted. */
    public static Iterable<String> names() {
        return ALL.keySet();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Script named(String name) {
        Script script = ALL.get(name);
        if (script == null) {
            throw new IllegalArgumentException(
                    "there is no script '" + name + "'; choose one of " + String.join(", ", ALL.keySet()));
        }
        return script;
    }

    /** A model of the newer kind, that takes neither {@code temperature} nor {@code max_tokens}. */
    public static Script reasoning(Script then) {
        return request -> {
            if (request.wire() == Wire.OPENAI && request.has("max_tokens")) {
                return Behaviour.unsupported("max_tokens", "Unsupported parameter: 'max_tokens' is not supported with "
                        + "this model. Use 'max_completion_tokens' instead.");
            }
            if (request.has("temperature")) {
                return Behaviour.unsupported("temperature", request.wire() == Wire.OPENAI
                        ? "Unsupported value: 'temperature' does not support this value with this model. "
                                + "Only the default (1) value is supported."
                        : "`temperature` is deprecated for this model.");
            }
            return then.behave(request);
        };
    }

    /** A server that speaks OpenAI's format as it was: no {@code max_completion_tokens}, no {@code response_format}. */
    public static Script old(Script then) {
        return request -> {
            for (String parameter : new String[]{"response_format", "max_completion_tokens", "stream_options"}) {
                if (request.has(parameter)) {
                    return Behaviour.unsupported(parameter, "Unrecognized request argument supplied: " + parameter);
                }
            }
            return then.behave(request);
        };
    }
}
