package io.mnemosyne.scripted;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns a behaviour into a response in a vendor's format. */
final class Performer {
    private final WireFormat format;
    private final String id;

    /** @param id of the answer */
    Performer(WireFormat format, String id) {
        this.format = format;
        this.id = id;
    }

    Delivery perform(Behaviour behaviour, ScriptedRequest request) {
        return switch (behaviour) {
            case Behaviour.Fail failure -> fail(failure);
            case Behaviour.Page page -> Delivery.whole(page.status(), Map.of(), "text/html", page.html());
            case Behaviour.Say say when request.stream() -> stream(say, answer(say, request));
            case Behaviour.Say say -> whole(say, answer(say, request));
        };
    }

    Delivery fail(Behaviour.Fail failure) {
        Map<String, String> headers = new TreeMap<>(failure.headers());
        headers.putAll(format.headers("req_" + id));
        return json(format.status(failure.trouble()), headers, format.error(failure));
    }

    private Answer answer(Behaviour.Say say, ScriptedRequest request) {
        String text = Usage.first(request.maxTokens(), say.text());
        Behaviour.Stop stop = text.length() < say.text().length() ? Behaviour.Stop.CUT_OFF : say.stop();
        return new Answer(id, request, text, stop, format.usage(request, text));
    }

    private Delivery stream(Behaviour.Say say, Answer answer) {
        List<String> events = format.events(answer);
        List<String> half = events.subList(0, (events.size() + 1) / 2);
        List<String> sent = switch (say.fault()) {
            case NONE -> events;
            case BROKEN, ENDED -> half;
            case GARBLED -> and(half, format.garbledEvent());
            case ERROR -> and(half, format.errorEvent());
        };
        return Delivery.events(format.headers("req_" + id), sent, say.fault() == Behaviour.Fault.BROKEN, say.pace());
    }

    private Delivery whole(Behaviour.Say say, Answer answer) {
        String body = format.body(answer);
        return switch (say.fault()) {
            case NONE -> json(200, format.headers("req_" + id), body).inPieces(say.pace(), false);
            case BROKEN -> json(200, format.headers("req_" + id), body).inPieces(say.pace(), true);
            case ENDED, GARBLED -> json(200, format.headers("req_" + id), body.substring(0, body.length() / 2))
                    .inPieces(say.pace(), false);
            case ERROR -> fail(Behaviour.fail(Behaviour.Trouble.OVERLOADED));
        };
    }

    private static Delivery json(int status, Map<String, String> headers, String body) {
        return Delivery.whole(status, headers, "application/json", body);
    }

    private static List<String> and(List<String> events, String last) {
        return Stream.concat(events.stream(), Stream.of(last)).toList();
    }
}
