package io.mnemosyne.replay.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.replay.recording.Recording.CallPlace;

/**
 * Makes events of turns, one after the other, and finds the call that each result answers: the nearest one before it with
 * its id, or, for a result that names none, the first of the latest assistant event without a result.
 */
final class EventReader {
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Call> callsById = new HashMap<>();
    private final Map<CallPlace, Integer> results = new HashMap<>();
    private List<Call> latestCalls = List.of();
    private int steps;

    List<Event> events() {
        return events;
    }

    /** Index of the event that answers a call. */
    Map<CallPlace, Integer> results() {
        return results;
    }

    void read(RawTurn turn) {
        int index = events.size();
        List<Made> made = turn.parts().stream().filter(Part.ToolCall.class::isInstance)
                .map(part -> Made.of((Part.ToolCall) part)).toList();
        List<Call> calls = turn.role() == Role.ASSISTANT ? calls(index, made) : List.of();
        Optional<Call> answers = Optional.empty();
        boolean error = false;
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolResult result) {
                Optional<Call> answered = answered(result)
                        .filter(call -> results.putIfAbsent(CallPlace.of(call), index) == null);
                answers = answers.or(() -> answered);
                error |= result.error();
            }
        }
        String content = turn.parts().stream().map(EventReader::said).filter(said -> !said.isEmpty())
                .collect(Collectors.joining("\n"));
        String text = Stream.concat(Stream.of(content).filter(said -> !said.isEmpty()), made.stream().map(Made::text))
                .collect(Collectors.joining("\n"));
        events.add(new Event(index, turn, content, text, calls, answers, error));
    }

    private List<Call> calls(int index, List<Made> made) {
        List<Call> calls = new ArrayList<>();
        for (Made each : made) {
            Optional<ReadKeys> keys = ReadKeys.of(each.part.name(), each.arguments);
            Call call = new Call(steps, index, calls.size(), each.part.name(), each.arguments,
                    keys.map(ReadKeys::key), keys.map(ReadKeys::whole));
            calls.add(call);
            if (!each.part.id().isEmpty()) {
                callsById.put(each.part.id(), call);
            }
        }
        latestCalls = calls;
        steps++;
        return calls;
    }

    private Optional<Call> answered(Part.ToolResult result) {
        if (result.callId().isEmpty()) {
            return latestCalls.stream().filter(call -> !results.containsKey(CallPlace.of(call))).findFirst();
        }
        return Optional.ofNullable(callsById.get(result.callId()));
    }

    private static String said(Part part) {
        return switch (part) {
            case Part.Text text -> text.content().shown();
            case Part.ToolResult result -> result.content().shown();
            case Part.Image image -> "[image " + image.mediaType() + "]";
            case Part.Thinking _,Part.ToolCall _ -> "";
        };
    }

    /** A call with its arguments parsed. */
    private record Made(Part.ToolCall part, JsonNode arguments) {
        static Made of(Part.ToolCall part) {
            return new Made(part, parsed(part.content().shown()));
        }

        String text() {
            return "{\"name\": " + CanonicalJson.quote(part.name()) + ", \"arguments\": "
                    + CanonicalJson.of(arguments) + "}";
        }

        /** Arguments that are no JSON are one string. */
        private static JsonNode parsed(String arguments) {
            try {
                return JSON.readTree(arguments);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(arguments);
            }
        }
    }
}
