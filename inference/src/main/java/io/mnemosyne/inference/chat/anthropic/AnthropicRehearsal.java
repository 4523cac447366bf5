package io.mnemosyne.inference.chat.anthropic;

import java.io.IOException;
import java.util.List;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.stream.AnswerSoFar;

/** Writes and reads with the SDK's mapper, which all of its clients share, what a call writes and reads. */
final class AnthropicRehearsal {
    private static final List<String> EVENTS = """
                                               {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"m","content":[],\
                                               "stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,\
                                               "cache_read_input_tokens":0,"output_tokens":1}}}
                                               {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
                                               {"type":"ping"}
                                               {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{\\"here\\": true}"}}
                                               {"type":"content_block_stop","index":0}
                                               {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":5}}
                                               {"type":"message_stop"}
                                               """
            .lines().toList();

    private AnthropicRehearsal() {
    }

    static void play(ChatPrompt prompt, AnswerSoFar into) throws IOException, ChatException {
        JsonMapper mapper = ObjectMappers.jsonMapper();
        mapper.writeValueAsBytes(AnthropicRequest.of("rehearsal", prompt, AnthropicChat.OPTIONAL.keySet())._body());
        for (String event : EVENTS) {
            AnthropicEvents.read(mapper.readValue(event, RawMessageStreamEvent.class), into);
        }
    }
}
