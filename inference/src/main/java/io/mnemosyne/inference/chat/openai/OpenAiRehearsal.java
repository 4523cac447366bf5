package io.mnemosyne.inference.chat.openai;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionChunk;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.stream.AnswerSoFar;

/** Writes and reads with the SDK's mapper, which all of its clients share, what a call writes and reads. */
final class OpenAiRehearsal {
    private static final List<String> CHUNKS = """
                                               {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,\
                                               "delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}
                                               {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,\
                                               "delta":{"content":"{\\"here\\": true}"},"logprobs":null,"finish_reason":null}],"usage":null}
                                               {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},\
                                               "logprobs":null,"finish_reason":"stop"}],"usage":null}
                                               {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":9,\
                                               "completion_tokens":5,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":0},\
                                               "completion_tokens_details":{"reasoning_tokens":0}}}
                                               """
            .lines().toList();

    private OpenAiRehearsal() {
    }

    static void play(ChatPrompt prompt, AnswerSoFar into) throws IOException, ChatException {
        JsonMapper mapper = ObjectMappers.jsonMapper();
        mapper.writeValueAsBytes(OpenAiRequest.of("rehearsal", prompt, OpenAiChat.OPTIONAL.keySet())._body());
        for (String chunk : CHUNKS) {
            OpenAiChunks.read(mapper.readValue(chunk, ChatCompletionChunk.class), into);
        }
    }
}
