package io.mnemosyne.inference.chat.openai;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.services.blocking.chat.ChatCompletionService;

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

/** Asks one model over the Chat Completions API, because that is what compatible servers speak too. */
final class OpenAiChat implements AnswerStream {
    static final String TEMPERATURE = "temperature";
    static final String RESPONSE_FORMAT = "response_format";
    static final String STREAM_OPTIONS = "stream_options";
    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    static final Map<String, Pattern> OPTIONAL = Map.of(TEMPERATURE, word("temperature"), RESPONSE_FORMAT,
            word("response_format|json_schema|structured.outputs?"), STREAM_OPTIONS, word("stream_options"), MAX_TOKENS,
            word("max_tokens"), MAX_COMPLETION_TOKENS, word("max_completion_tokens"));

    private final RetryAfter retryAfter = new RetryAfter(InstantSource.system());
    private final ChatCompletionService.WithRawResponse completions;
    private final String model;
    private final boolean vendor;
    private final RequestOptions options;

    /** @param vendor whether this is OpenAI itself */
    OpenAiChat(ChatCompletionService.WithRawResponse completions, String model, boolean vendor, Patience patience) {
        this.completions = completions;
        this.model = model;
        this.vendor = vendor;
        // The deadline is held by whoever waits for the answer, so the SDK sets none of its own.
        this.options = RequestOptions.builder().timeout(Timeout.builder().connect(patience.connect())
                .read(patience.silence()).write(patience.silence()).request(Duration.ZERO).build()).build();
    }

    /** OpenAI's newer models take only {@code max_completion_tokens}, many compatible servers only {@code max_tokens}. */
    @Override
    public Set<String> parameters(Set<String> refused) {
        Set<String> parameters = new HashSet<>(Set.of(TEMPERATURE, RESPONSE_FORMAT, STREAM_OPTIONS));
        parameters.removeAll(refused);
        String first = vendor ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
        String other = vendor ? MAX_TOKENS : MAX_COMPLETION_TOKENS;
        parameters.add(refused.contains(first) && !refused.contains(other) ? other : first);
        return parameters;
    }

    @Override
    public void read(ChatPrompt prompt, Set<String> parameters, AnswerSoFar into)
            throws ErrorResponseException, ChatException {
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response = completions
                .createStreaming(OpenAiRequest.of(model, prompt, parameters), options)) {
            into.begin();
            if (!header(response.headers(), "content-type").startsWith("text/event-stream")) {
                throw into.failed(Failure.MALFORMED, "did not answer with a stream of events");
            }
            try (StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
                for (Iterator<ChatCompletionChunk> each = chunks.stream().iterator(); each.hasNext();) {
                    OpenAiChunks.read(each.next(), into);
                }
            }
        } catch (OpenAIServiceException e) {
            throw new ErrorResponseException(error(e));
        }
    }

    private ErrorResponse error(OpenAIServiceException e) {
        return ErrorResponse.of(e.statusCode(), Json.node(() -> e.body().convert(Object.class)),
                retryAfter.of(name -> e.headers().values(name).stream().findFirst()));
    }

    private static String header(Headers headers, String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static Pattern word(String words) {
        return Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }
}
