package io.mnemosyne.core.observe;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;

import static org.assertj.core.api.Assertions.assertThat;

class RenditionsFitTest {
    @Test
    void shouldLeaveTurnsAloneThatFit() {
        // given
        List<Rendition> turns = List.of(turn(0, 500, 500));
        // then
        assertThat(Renditions.fit(turns, 1_000)).isEqualTo(turns);
    }

    @Test
    void shouldClipOnlyTheLargeContentsWhenTheyAreTooMuchTogether() {
        // given
        List<Rendition> turns = List.of(turn(0, 200), turn(1, 6_000, 300), turn(2, 6_000));
        // when
        List<Rendition> fitting = Renditions.fit(turns, 8_000);
        // then
        assertThat(shown(fitting)).isBetween(5_000L, 8_000L);
        assertThat(fitting.getFirst()).isEqualTo(turns.getFirst());
        assertThat(fitting.get(1).parts().getLast()).isEqualTo(turns.get(1).parts().getLast());
    }

    @Test
    void shouldLeaveOutTheOldestTurnsWhenNotEvenExcerptsFit() {
        // given
        List<Rendition> turns = LongStream.range(0, 100).mapToObj(seq -> turn(seq, 6_000)).toList();
        // when
        List<Rendition> fitting = Renditions.fit(turns, 5_000);
        // then
        assertThat(shown(fitting)).isLessThanOrEqualTo(5_000);
        assertThat(fitting).isNotEmpty();
        assertThat(fitting.getLast().seq()).isEqualTo(99);
    }

    @Test
    void shouldCountIdsAndNamesWhenTurnsOfManyCallsAreToFit() {
        // given
        Part call = new Part.ToolCall("i".repeat(256), "n".repeat(256), Content.of("{}"));
        List<Rendition> turns = LongStream.range(0, 10).mapToObj(
                seq -> new Rendition(seq, Role.ASSISTANT, Optional.empty(), 100, Collections.nCopies(100, call)))
                .toList();
        // when
        List<Rendition> fitting = Renditions.fit(turns, 120_000);
        // then
        assertThat(fitting).extracting(Rendition::seq).containsExactly(8L, 9L);
    }

    private static Rendition turn(long seq, int... bytes) {
        List<Part> parts = IntStream.of(bytes).<Part>mapToObj(size -> new Part.Text(Content.of("x".repeat(size))))
                .toList();
        return new Rendition(seq, Role.USER, Optional.empty(), 1_000, parts);
    }

    private static long shown(List<Rendition> turns) {
        return turns.stream().flatMap(turn -> turn.parts().stream()).mapToLong(part -> part.content().shown().length())
                .sum();
    }
}
