package io.mnemosyne.core.observe;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;

import static org.assertj.core.api.Assertions.assertThat;

class RenditionsTest {

    @Test
    void shouldKeepSmallContentsAndClipLargeOnes() {
        // given
        String large = "x".repeat(5_000);
        Turn turn = turn(new Part.Text(Content.of("small")),
                new Part.ToolResult("c1", "bash", Content.of(large), true));
        // when
        Rendition rendition = Renditions.of(turn, 1_000);
        // then
        assertThat(rendition.parts().getFirst()).isEqualTo(turn.parts().getFirst());
        assertThat(rendition.parts().get(1)).isInstanceOfSatisfying(Part.ToolResult.class, clipped -> {
            assertThat(clipped.callId()).isEqualTo("c1");
            assertThat(clipped.error()).isTrue();
            assertThat(clipped.content().bytes()).isEqualTo(5_000);
            assertThat(clipped.content().shown()).hasSizeLessThanOrEqualTo(1_000);
            assertThat(((Content.Reference) clipped.content()).sha256()).isEqualTo(Sha256.hex(large));
        });
        assertThat(rendition.tokens()).isEqualTo(turn.tokens());
    }

    @Test
    void shouldKeepTheHashOfTheWholeTextWhenAnExcerptIsClippedFurther() {
        // given
        Turn turn = turn(new Part.Text(new Content.Reference("ab12", 100_000, "y".repeat(4_096))));
        // when
        Content clipped = Renditions.of(turn, 500).parts().getFirst().content();
        // then
        assertThat(clipped).isInstanceOfSatisfying(Content.Reference.class, reference -> {
            assertThat(reference.sha256()).isEqualTo("ab12");
            assertThat(reference.bytes()).isEqualTo(100_000);
            assertThat(reference.excerpt()).hasSizeLessThanOrEqualTo(500);
        });
    }

    @Test
    void shouldNameTheTurnByWhichAClippedTextCanBeReadInFull() {
        // given one text that is clipped here, and one that was moved to a blob before
        Turn turn = turn(new Part.Text(Content.of("x".repeat(5_000))),
                new Part.Text(new Content.Reference("ab12", 100_000, Excerpt.of("y".repeat(100_000), 900))));
        // when
        Rendition rendition = Renditions.of(turn, 1_000);
        // then, also if both are clipped further
        assertThat(rendition.parts()).allSatisfy(part -> assertThat(part.content().shown()).containsOnlyOnce(
                " bytes left out, to be recalled by turn 7 ...]\n"));
        assertThat(Renditions.fit(List.of(rendition), 600).getFirst().parts()).allSatisfy(part -> assertThat(
                part.content().shown()).containsOnlyOnce(" bytes left out, to be recalled by turn 7 ...]\n"));
    }

    @Test
    void shouldShowAnImageByTypeAndSizeOnly() {
        // given
        Turn turn = turn(new Part.Image("image/png", Content.of("aGVsbG8=")));
        // when
        Content shown = Renditions.of(turn, 1_000).parts().getFirst().content();
        // then
        assertThat(shown.shown()).isEqualTo("[image image/png, 8 bytes]");
    }

    private static Turn turn(Part... parts) {
        return new Turn(new ThreadKey("default", "t"), 0, 7,
                new RawTurn("e", Role.USER, List.of(parts), Origin.UNKNOWN), 42, List.of());
    }
}
