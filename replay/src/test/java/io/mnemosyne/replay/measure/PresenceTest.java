package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceTest {
    private static final int BLOCKS = 6;

    @Property
    void shouldKnowAfterManyPromptsWhatTheLastOneContains(
            @ForAll @Size(min = 2, max = 8) List<@Size(max = 8) List<@IntRange(max = BLOCKS - 1) Integer>> prompts) {
        // given blocks that share texts and passages
        Passages passages = passages();
        List<Block> blocks = blocks();
        Presence followed = new Presence(passages);
        Presence fresh = new Presence(passages);
        List<Integer> last = prompts.getLast();
        List<Integer> before = prompts.get(prompts.size() - 2);

        // when
        List<Block> added = List.of();
        for (List<Integer> prompt : prompts) {
            added = followed.moveTo(prompt.stream().map(blocks::get).toList());
        }
        fresh.moveTo(last.stream().map(blocks::get).toList());

        // then
        assertThat(followed.texts()).isEqualTo(fresh.texts());
        assertThat(IntStream.range(0, passages.size()).mapToObj(followed::shows))
                .isEqualTo(IntStream.range(0, passages.size()).mapToObj(fresh::shows).toList());
        assertThat(IntStream.range(0, passages.events()).mapToObj(followed::isWhole))
                .isEqualTo(IntStream.range(0, passages.events()).mapToObj(fresh::isWhole).toList());
        assertThat(added).containsExactlyInAnyOrderElementsOf(IntStream.range(0, BLOCKS)
                .filter(block -> Collections.frequency(last, block) > Collections.frequency(before, block))
                .mapToObj(blocks::get).toList());
    }

    private static Passages passages() {
        Recording recording = Sessions.of("s/1", "{\"role\": \"user\", \"content\": \"a message of the user\"}",
                """
                {"role": "assistant", "content": "an answer with a call",
                 "tool_calls": [{"id": "c", "name": "t", "arguments": {"q": "a message of the user"}}]}""",
                "{\"role\": \"user\", \"content\": \"another message of the user\"}",
                "{\"role\": \"user\", \"content\": \"\"}");
        return new Passages(recording, new Vocabulary());
    }

    private static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            BlockText text = new BlockText(i / 2, "t", () -> "t", new BitSet(), List.of());
            List<Integer> contained = IntStream.range(0, 3).filter(passage -> passage % 3 != blocks.size() % 4).boxed()
                    .toList();
            blocks.add(new Block(text, Optional.empty(), false, contained, -1));
        }
        return blocks;
    }
}
