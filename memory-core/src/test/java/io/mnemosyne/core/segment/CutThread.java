package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.admit.AdmissionRules;

/** A thread whose turns are cut one after the other, with its facts in memory. */
final class CutThread {
    private static final ThreadKey THREAD = new ThreadKey("default", "t");

    final List<SemanticObject> objects = new ArrayList<>();
    final Map<String, String> files = new HashMap<>();
    Recent recent = Recent.NOTHING;
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private long seq;

    /** Cuts a turn and answers with its objects. */
    List<SemanticObject> cut(RawTurn turn) {
        Cut cut = Cutter.cut(THREAD, 0, seq++, turn, turn.parts().stream().map(_ -> 1L).toList(), recent, earlier(),
                AdmissionRules.DEFAULT);
        recent = cut.recent();
        contents.putAll(cut.contents());
        files.putAll(cut.files());
        names.putAll(cut.names());
        objects.addAll(cut.objects());
        return cut.objects();
    }

    List<SemanticObject> cut(Role role, Part... parts) {
        return cut(new RawTurn("e" + seq, role, List.of(parts), Origin.UNKNOWN));
    }

    /** The object of what somebody says. */
    SemanticObject say(Role role, String text) {
        return cut(role, new Part.Text(Content.of(text))).getLast();
    }

    /** The object of a call's result. */
    SemanticObject call(String tool, String arguments, String result, boolean error) {
        String id = "call-" + seq;
        cut(Role.ASSISTANT, new Part.ToolCall(id, tool, Content.of(arguments)));
        return cut(Role.TOOL, new Part.ToolResult(id, tool, Content.of(result), error)).getLast();
    }

    SemanticObject bash(String command, String result) {
        return call("bash", "{\"command\": \"" + command.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}", result,
                false);
    }

    private EarlierObjects earlier() {
        return new EarlierObjects() {
            @Override
            public Optional<String> withContent(String contentHash) {
                return Optional.ofNullable(contents.get(contentHash));
            }

            @Override
            public Optional<String> ofFile(String path) {
                return Optional.ofNullable(files.get(path));
            }

            @Override
            public Optional<String> ofName(String name) {
                return Optional.ofNullable(names.get(name));
            }
        };
    }
}
