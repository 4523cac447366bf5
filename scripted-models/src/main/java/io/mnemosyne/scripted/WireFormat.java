package io.mnemosyne.scripted;

import java.util.List;
import java.util.Map;

/** One vendor's format: reads and checks requests, writes answers and errors. */
interface WireFormat {

    Wire wire();

    String path();

    /** @throws Problem if the vendor would not take it */
    ScriptedRequest read(HttpRequest request) throws Problem;

    /** Tokens of a request and its answer. */
    Usage usage(ScriptedRequest request, String answer);

    /** The body of an answer that is not streamed. */
    String body(Answer answer);

    /** The events of a streamed answer. */
    List<String> events(Answer answer);

    /** An event that says that an answer failed in its middle. */
    String errorEvent();

    /** An event with JSON that cannot be parsed. */
    String garbledEvent();

    int status(Behaviour.Trouble trouble);

    String error(Behaviour.Fail failure);

    /** Headers that the vendor sends with every answer. */
    Map<String, String> headers(String requestId);
}
