package io.mnemosyne.launcher.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;

/** A place in a turn where a secret can stand, with a harmless word beside it. */
enum Hiding {
    PROSE {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return extended(turn, Part.Text.class, part -> new Part.Text(
                    more(part.content(), "We saw " + word + " there:\n" + secret.written() + "\nand went on.")));
        }
    },
    THINKING {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            List<Part> parts = new ArrayList<>(turn.parts());
            parts.addFirst(new Part.Thinking(Content.of("The " + word + " file says\n" + secret.written() + "\n")));
            return switch (turn.role()) {
                case ASSISTANT -> Optional.of(turn.withParts(parts));
                case SYSTEM, USER, TOOL -> Optional.empty();
            };
        }
    },
    ARGUMENT {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return extended(turn, Part.ToolCall.class, part -> {
                var call = (Part.ToolCall) part;
                return new Part.ToolCall(call.id(), call.name(), Content.of(JsonNodeFactory.instance.objectNode()
                        .put("command", "echo " + word + "\n" + secret.written()).put("timeout", 10).toString()));
            });
        }
    },
    RESULT {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return result(turn, "\n# " + word + "\n" + secret.written() + "\n");
        }
    },
    JSON_RESULT {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return result(turn, "\n" + JsonNodeFactory.instance.objectNode().put("note", word)
                    .put("output", secret.written()).put("status", 200) + "\n");
        }
    },
    /** So large that the text is moved to a blob. */
    LARGE_RESULT {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return result(turn, "\n" + word + "\n" + "a line of a long listing, as tools print them\n".repeat(1_600)
                    + secret.written() + "\n");
        }
    },
    ENVIRONMENT {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return ifAlone(secret, () -> result(turn,
                    "\nPATH=/usr/bin\nMARK=" + word + "\nSERVICE_TOKEN=" + secret.written() + "\nHOME=/root\n"));
        }
    },
    QUERY {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return ifAlone(secret, () -> extended(turn, Part.Text.class, part -> new Part.Text(more(part.content(),
                    "See https://example.org/" + word + "?page=2&t=" + secret.written() + "&x=1"))));
        }
    },
    ATTRIBUTE {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            Map<String, String> attributes = new TreeMap<>(turn.origin().attributes());
            attributes.put("x-note", TextNode.valueOf(word + "\n" + secret.written()).toString());
            Origin o = turn.origin();
            return Optional.of(new RawTurn(turn.eventId(), turn.role(), turn.parts(),
                    new Origin(o.at(), o.sourceIndex(), o.messageId(), o.model(), o.parentThread(), o.parentTurn(),
                            o.parentCall(), o.traceContext(), attributes)));
        }
    },
    EVENT_ID {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return ifAlone(secret, () -> Optional.of(new RawTurn(secret.written(), turn.role(), turn.parts(),
                    turn.origin())));
        }
    },
    CALL_ID {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            return ifAlone(secret, () -> extended(turn, Part.ToolCall.class, part -> {
                var call = (Part.ToolCall) part;
                return new Part.ToolCall(secret.written(), call.name(), call.content());
            }));
        }
    },
    MESSAGE_ID {
        @Override
        Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret) {
            Origin o = turn.origin();
            return ifAlone(secret, () -> Optional.of(new RawTurn(turn.eventId(), turn.role(), turn.parts(),
                    new Origin(o.at(), o.sourceIndex(), Optional.of(secret.written()), o.model(), o.parentThread(),
                            o.parentTurn(), o.parentCall(), o.traceContext(), o.attributes()))));
        }
    };

    /** Puts a secret into a turn; empty if this turn has no such place or this secret would not be known there. */
    abstract Optional<RawTurn> hide(RawTurn turn, String word, PlantedSecret secret);

    private static Optional<RawTurn> result(RawTurn turn, String text) {
        return extended(turn, Part.ToolResult.class, part -> {
            var result = (Part.ToolResult) part;
            return new Part.ToolResult(result.callId(), result.toolName(), more(result.content(), text),
                    result.error());
        });
    }

    private static Optional<RawTurn> ifAlone(PlantedSecret secret, Supplier<Optional<RawTurn>> then) {
        return secret.alone() ? then.get() : Optional.empty();
    }

    /** The turn with its first part of a type changed. */
    private static Optional<RawTurn> extended(RawTurn turn, Class<? extends Part> type, UnaryOperator<Part> change) {
        List<Part> parts = new ArrayList<>(turn.parts());
        for (int i = 0; i < parts.size(); i++) {
            if (type.isInstance(parts.get(i))) {
                parts.set(i, change.apply(parts.get(i)));
                return Optional.of(turn.withParts(parts));
            }
        }
        return Optional.empty();
    }

    private static Content more(Content content, String text) {
        return Content.of(content.shown() + "\n" + text);
    }
}
