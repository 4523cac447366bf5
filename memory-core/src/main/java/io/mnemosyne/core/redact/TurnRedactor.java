package io.mnemosyne.core.redact;

import java.util.List;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;

/**
 * Redacts every text of an event: contents, tool names, ids and attributes. The same id gets the same mark everywhere,
 * so results still find their calls. Image data stays as it is; an image's URL does not.
 */
public final class TurnRedactor {
    private final Redactor redactor;

    public TurnRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    public Redacted<RawTurn> redact(RawTurn turn) {
        Pass pass = new Pass(redactor);
        List<Part> parts = turn.parts().stream().map(pass::part).toList();
        RawTurn clean = new RawTurn(pass.text(turn.eventId()), turn.role(), parts, pass.origin(turn.origin()));
        return new Redacted<>(clean, pass.counts());
    }

    public Redacted<Command> redact(Command command) {
        Pass pass = new Pass(redactor);
        Command clean = new Command(pass.text(command.commandId()), command.kind(), command.at(),
                pass.map(command.arguments()));
        return new Redacted<>(clean, pass.counts());
    }

    private static final class Pass extends RedactionPass {
        Pass(Redactor redactor) {
            super(redactor);
        }

        Part part(Part part) {
            return switch (part) {
                case Part.Text(Content content) -> new Part.Text(content(content));
                case Part.Thinking(Content content) -> new Part.Thinking(content(content));
                case Part.ToolCall(String id, String name, Content content) ->
                    new Part.ToolCall(text(id), text(name), content(content));
                case Part.ToolResult(String callId, String toolName, Content content, boolean error) ->
                    new Part.ToolResult(text(callId), text(toolName), content(content), error);
                case Part.Image(String mediaType, Content content) ->
                    new Part.Image(text(mediaType), isUrl(content) ? content(content) : content);
            };
        }

        Origin origin(Origin origin) {
            return new Origin(origin.at(), origin.sourceIndex(), origin.messageId().map(this::text),
                    origin.model().map(this::text), origin.parentThread(), origin.parentTurn(),
                    origin.parentCall().map(this::text), origin.traceContext(), map(origin.attributes()));
        }

        private Content content(Content content) {
            return switch (content) {
                case Content.Inline(String text) -> Content.of(text(text));
                case Content.Reference(String sha256, long bytes, String excerpt) ->
                    new Content.Reference(sha256, bytes, text(excerpt));
            };
        }

        private static boolean isUrl(Content content) {
            return content.shown().startsWith("http://") || content.shown().startsWith("https://");
        }
    }
}
