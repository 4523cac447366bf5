package io.mnemosyne.inference.chat.anthropic;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.services.blocking.MessageService;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.stream.AnswerSoFar;
import io.mnemosyne.inference.chat.stream.AnswerStream;
import io.mnemosyne.inference.chat.stream.ErrorResponse;
import io.mnemosyne.inference.chat.stream.ErrorResponseException;
import io.mnemosyne.inference.chat.stream.Json;
import io.mnemosyne.inference.chat.stream.Patience;
import io.mnemosyne.inference.chat.stream.RetryAfter;

/** Asks one model over the Messages API. */
final class AnthropicChat implements AnswerStream {
    static final String THINKING = "thinking";
    static final String OUTPUT_CONFIG = "output_config";
    /** Older models take no schema, and some do not let thinking be turned off. */
    static final Map<String, Pattern> OPTIONAL = Map.of(THINKING,
            Pattern.compile("\\bthinking\\b", Pattern.CASE_INSENSITIVE),
            OUTPUT_CONFIG, Pattern.compile("\\boutput_config\\b|\\boutput.format\\b|\\bstructured.outputs?\\b",
                    Pattern.CASE_INSENSITIVE));

    private final RetryAfter retryAfter = new RetryAfter(InstantSource.system());
    private final MessageService.WithRawResponse messages;
    private final String model;
    private final RequestOptions options;

    AnthropicChat(MessageService.WithRawResponse messages, String model, Patience patience) {
        this.messages = messages;
        this.model = model;
        // The deadline is held by whoever waits for the answer, so the SDK sets none of its own.
        this.options = RequestOptions.builder().timeout(Timeout.builder().connect(patience.connect())
                .read(patience.silence()).write(patience.silence()).request(Duration.ZERO).build()).build();
    }

    @Override
    public Set<String> parameters(Set<String> refused) {
        Set<String> parameters = new HashSet<>(OPTIONAL.keySet());
        parameters.removeAll(refused);
        return parameters;
    }

    @Override
    public void read(ChatPrompt prompt, Set<String> parameters, AnswerSoFar into)
            throws ErrorResponseException, ChatException {
        try (HttpResponseFor<StreamResponse<RawMessageStreamEvent>> response = messages
                .createStreaming(AnthropicRequest.of(model, prompt, parameters), options)) {
            into.begin();
            if (!header(response.headers(), "content-type").startsWith("text/event-stream")) {
                throw into.failed(Failure.MALFORMED, "did not answer with a stream of events");
            }
            try (StreamResponse<RawMessageStreamEvent> events = response.parse()) {
                for (Iterator<RawMessageStreamEvent> each = events.stream().iterator(); each.hasNext();) {
                    AnthropicEvents.read(each.next(), into);
                }
            }
        } catch (AnthropicServiceException e) {
            throw new ErrorResponseException(error(e));
        }
    }

    private ErrorResponse error(AnthropicServiceException e) {
        return ErrorResponse.of(e.statusCode(), Json.node(() -> e.body().convert(Object.class)),
                retryAfter.of(name -> e.headers().values(name).stream().findFirst()));
    }

    private static String header(Headers headers, String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

}
