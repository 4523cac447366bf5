package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class CommonPrefixTest {

    @Property(tries = 3_000)
    void shouldCountEqualCodePointsWhateverTheBordersOfTheBlocks(@ForAll("prompts") List<String> one,
            @ForAll("prompts") List<String> other) {
        // given equal texts are one text
        Map<String, BlockText> texts = new HashMap<>();
        List<Block> blocks = one.stream().map(text -> block(texts, text)).toList();
        List<Block> others = other.stream().map(text -> block(texts, text)).toList();

        // when
        long prefix = CommonPrefix.of(blocks, others);

        // then
        assertThat(prefix).isEqualTo(equalCodePoints(String.join("", one), String.join("", other)));
    }

    @Provide
    Arbitrary<List<String>> prompts() {
        // characters that share their first or their second half
        return Arbitraries.of("", "a", "ab", "aab", "😀", "😁", "a😀b", "a🨀").list().ofMaxSize(6);
    }

    private static long equalCodePoints(String one, String other) {
        int[] a = one.codePoints().toArray();
        int[] b = other.codePoints().toArray();
        int same = 0;
        while (same < a.length && same < b.length && a[same] == b[same]) {
            same++;
        }
        return same;
    }

    private static Block block(Map<String, BlockText> texts, String text) {
        BlockText shared = texts.computeIfAbsent(text,
                _ -> new BlockText(texts.size(), text, () -> text, new BitSet(), List.of()));
        return new Block(shared, Optional.empty(), false, List.of(), -1);
    }
}
