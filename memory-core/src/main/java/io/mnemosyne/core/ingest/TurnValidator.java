package io.mnemosyne.core.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ReportedUsage;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.RawJson;
import io.mnemosyne.core.transcript.TurnJson;

/**
 * What makes a raw event acceptable. REST asks before it answers, ingest asks again for what came by other ways. Problems
 * say what is wrong, where, and what to do; they never quote the event.
 *
 * <p>Empty turns and empty texts are valid. A text with half of a surrogate pair is not: UTF-8 cannot carry it, so it could
 * not be given back byte for byte.
 */
public final class TurnValidator {
    /** Texts of one event in UTF-8, bytes. The topic takes 16 MiB; redaction marks and the envelope need some of it. */
    public static final long MAX_EVENT_BYTES = 15L * 1024 * 1024;
    /** Ids, names and attributes of one event in UTF-8, bytes: what cannot be moved to a blob. */
    public static final long MAX_FRAME_BYTES = 512L * 1024;
    /** Parts of one turn. */
    public static final int MAX_PARTS = 1_000;
    /** Characters of an id or a name. */
    public static final int MAX_NAME = 256;
    /** Problems of one event that are told; of the others only their number is. */
    private static final int MAX_TOLD = 20;

    private TurnValidator() {
    }

    /** What is wrong with a turn; empty if nothing is. */
    public static List<String> problems(RawTurn turn) {
        Problems problems = new Problems();
        problems.id("eventId", turn.eventId());
        if (turn.parts().size() > MAX_PARTS) {
            problems.add("the turn has " + count(turn.parts().size()) + " parts; at most " + count(MAX_PARTS)
                    + " are taken, split it");
        }
        for (int i = 0; i < turn.parts().size(); i++) {
            problems.part("part " + i, turn.parts().get(i));
        }
        problems.origin(turn.origin());
        problems.attributes(turn);
        return problems.all();
    }

    /** What is wrong with a command; empty if nothing is. */
    public static List<String> problems(Command command) {
        Problems problems = new Problems();
        problems.id("commandId", command.commandId());
        problems.texts("argument", command.arguments());
        if (command.kind() == Command.Kind.USAGE) {
            ReportedUsage.problems(command.arguments()).forEach(problems::add);
        }
        if (command.kind() == Command.Kind.POLICY) {
            PolicyChange.problems(command.arguments()).forEach(problems::add);
        }
        if (command.kind() == Command.Kind.COMPACT) {
            Compaction.problems(command.arguments()).forEach(problems::add);
        }
        return problems.all();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static final class Problems {
        private final List<String> found = new ArrayList<>();
        private int untold;
        private long frameBytes;
        private long contentBytes;

        void add(String problem) {
            if (found.size() < MAX_TOLD) {
                found.add(problem);
            } else {
                untold++;
            }
        }

        void id(String where, String id) {
            if (id.isEmpty()) {
                add(where + " is empty; give the event an id of 1 to " + MAX_NAME + " characters");
            }
            name(where, id);
        }

        void name(String where, String name) {
            frameBytes += text(where, name);
            if (name.length() > MAX_NAME) {
                add(where + " has " + count(name.length()) + " characters; at most " + MAX_NAME + " are taken");
            }
        }

        void part(String where, Part part) {
            switch (part) {
                case Part.ToolCall call -> {
                    name(where + ", call id", call.id());
                    name(where + ", tool name", call.name());
                }
                case Part.ToolResult result -> {
                    name(where + ", call id", result.callId());
                    name(where + ", tool name", result.toolName());
                }
                case Part.Image image -> name(where + ", media type", image.mediaType());
                case Part.Text _,Part.Thinking _ -> {
                    // nothing but the content
                }
            }
            switch (part.content()) {
                case Content.Inline(String text) -> contentBytes += text(where, text);
                case Content.Reference _ -> add(where + " holds a reference; send the whole text, ingest moves it");
            }
        }

        void origin(Origin origin) {
            origin.messageId().ifPresent(id -> name("messageId", id));
            origin.model().ifPresent(model -> name("model", model));
            origin.parentCall().ifPresent(call -> name("parentCall", call));
            origin.parentThread().filter(parent -> !ThreadKey.isName(parent)).ifPresent(_ -> add(
                    "parentThread must be 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -, as every thread's name"));
            texts("attribute", origin.attributes());
        }

        void attributes(RawTurn turn) {
            Map<String, String> attributes = turn.origin().attributes();
            attributes.keySet().stream().filter(name -> TurnJson.isField(turn, name)).forEach(name -> add(
                    "an attribute is named '" + name + "', which is a field of the turn; set the field or rename it"));
            long broken = attributes.values().stream().filter(value -> !RawJson.isValue(value)).count();
            if (broken > 0) {
                add(count(broken) + " of " + count(attributes.size())
                        + " attributes have a value that is not JSON; send one JSON value each, a text in quotes");
            }
        }

        void texts(String what, Map<String, String> texts) {
            texts.forEach((name, value) -> {
                name(what + " name", name);
                frameBytes += text(what + " value", value);
            });
        }

        List<String> all() {
            if (frameBytes > MAX_FRAME_BYTES) {
                add("ids, names and attributes have " + count(frameBytes) + " bytes; at most " + count(MAX_FRAME_BYTES)
                        + " are taken, send less or put it into a part");
            }
            if (frameBytes + contentBytes > MAX_EVENT_BYTES) {
                add("the event has " + count(frameBytes + contentBytes) + " bytes of text; at most "
                        + count(MAX_EVENT_BYTES) + " are taken, split it into several turns");
            }
            if (untold > 0) {
                found.add("and " + count(untold) + " more problems");
            }
            return List.copyOf(found);
        }

        /** Size in UTF-8, bytes. */
        private long text(String where, String text) {
            int broken = halfPair(text);
            if (broken >= 0) {
                add(where + " has half of a surrogate pair at character " + broken
                        + ", which UTF-8 cannot carry; send U+FFFD instead");
            }
            return Sha256.utf8Length(text);
        }

        private static int halfPair(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i))) {
                    if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                        return i;
                    }
                    i++;
                }
            }
            return -1;
        }
    }
}
