package io.mnemosyne.core.view.group;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.group.GroupedThread.Piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupsTest {
    private static final List<Float> EAST = List.of(1f, 0f);
    /** Cosine with east: 0.96. */
    private static final List<Float> EAST_BY_NORTH = List.of(0.96f, 0.28f);
    private static final List<Float> NORTH = List.of(0f, 1f);

    private final GroupedThread thread = new GroupedThread();

    @Test
    void shouldPutNeighboursOfOneTypeTogetherWhenTheirVectorsAreAlike() {
        // given
        thread.results(file(), file(), file());
        thread.vector("o0", EAST);
        thread.vector("o1", EAST_BY_NORTH);
        thread.vector("o2", NORTH);
        assertThat(thread.units()).as("before a regrouping is due").containsExactly(List.of("o0"), List.of("o1"),
                List.of("o2"));
        // when
        thread.rest();
        // then
        assertThat(thread.journal()).containsExactly(new ViewEvent.Regrouped(1, 9, List.of(
                new ViewEvent.Group("o0", Type.FILE_CONTEXT, new SeqRange(0, 1), List.of("o0", "o1"), 200),
                new ViewEvent.Group("o2", Type.FILE_CONTEXT, SeqRange.of(2), List.of("o2"), 100))));
        assertThat(thread.groups().groups()).isEqualTo(thread.journal().getFirst().groups());
        assertThat(thread.groups().topics(GroupedThread.RULES)).containsExactly("o2");
    }

    @Test
    void shouldLeaveApartWhatIsOfAnotherTypeHoweverAlike() {
        // given
        thread.results(file(), piece(Type.TOOL_RESULT, true, 100));
        thread.vector("o0", EAST);
        thread.vector("o1", EAST);
        // when
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0"), List.of("o1"));
        assertThat(thread.journal()).isEmpty();
    }

    @Test
    void shouldTakeARejectedObjectAlongWhenItStandsBetweenTwoThatAreAlike() {
        // given one of another type that will never have a vector
        thread.results(file(), piece(Type.TOOL_RESULT, false, 10), file());
        thread.vector("o2", EAST);
        thread.vector("o0", EAST);
        // when
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0", "o1", "o2"));
    }

    @Test
    void shouldWaitForTheVectorOfAnAdmittedObjectThatStandsBetweenTwo() {
        // given
        thread.results(file(), file(), file());
        thread.vector("o0", EAST);
        thread.vector("o2", EAST);
        thread.rest();
        assertThat(thread.units()).hasSize(3);
        // when it comes after all
        thread.vector("o1", EAST);
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0", "o1", "o2"));
    }

    @Test
    void shouldUseVectorsThatCameAheadOfTheirTurns() {
        // given
        thread.vector("o1", EAST);
        thread.vector("o0", EAST);
        // when
        thread.results(file(), file());
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0", "o1"));
    }

    @Test
    void shouldForgetVectorsWhoseObjectsNeverCome() {
        // given vectors of segments
        thread.vector("s1", EAST);
        thread.vector("s2", EAST);
        // when
        thread.rest();
        thread.rest();
        // then
        assertThat(thread.groups().waiting()).isEmpty();
    }

    @Test
    void shouldNotCompareVectorsOfDifferentModels() {
        // given the same values by another name, and more of them by the same name
        thread.results(file(), file(), file());
        thread.vector("o0", EAST);
        thread.vector("o1", "another", EAST);
        thread.vector("o2", List.of(1f, 0f, 0f));
        thread.rest();
        assertThat(thread.units()).hasSize(3);
        assertThat(thread.groups().topics(GroupedThread.RULES)).isEmpty();
        // when one is made again by the model of its neighbour
        thread.vector("o1", EAST);
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0", "o1"), List.of("o2"));
    }

    @ParameterizedTest
    @CsvSource({"0", "NaN", "Infinity"})
    void shouldTakeAVectorWithoutDirectionForNone(float value) {
        // given
        thread.results(file(), file());
        thread.vector("o0", EAST);
        // when
        thread.vector("o1", List.of(value, 0f));
        thread.rest();
        // then
        assertThat(thread.units()).hasSize(2);
        assertThat(thread.groups().topics(GroupedThread.RULES)).isEmpty();
    }

    @Test
    void shouldKeepTogetherWhatIsSaidUntilAToolIsCalledOrTheUserSpeaksAgain() {
        // given
        thread.says(Role.USER, said(10));
        thread.says(Role.ASSISTANT, said(10), said(10));
        thread.turn(Role.ASSISTANT, true, List.of(said(10)));
        thread.says(Role.ASSISTANT, said(10));
        thread.says(Role.USER, said(10));
        thread.says(Role.ASSISTANT, piece(Type.PLAN, true, 10));
        thread.says(Role.ASSISTANT, said(10));
        // when
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0", "o1", "o2", "o3"), List.of("o4"), List.of("o5"),
                List.of("o6"), List.of("o7"));
    }

    @Test
    void shouldCutALargeGroupWhereATopicBegins() {
        // given
        thread.says(Role.USER, said(2_000));
        thread.says(Role.ASSISTANT, said(2_000));
        thread.says(Role.ASSISTANT, said(1_000));
        thread.rest();
        assertThat(thread.units()).containsExactly(List.of("o0", "o1", "o2"));
        // when it turns out that a topic begins with the last one
        thread.vector("o0", EAST);
        thread.vector("o1", EAST);
        thread.vector("o2", NORTH);
        thread.rest();
        assertThat(thread.units()).as("5,000 tokens are not more than 5,000").hasSize(1);
        // and one that cannot be told from it makes the group too large
        thread.says(Role.ASSISTANT, said(1));
        thread.rest();
        assertThat(thread.units()).as("calls of tools came between").containsExactly(List.of("o0", "o1", "o2"),
                List.of("o3"));
        thread.vector("o3", NORTH);
        thread.rest();
        // then
        assertThat(thread.units()).containsExactly(List.of("o0", "o1"), List.of("o2", "o3"));
        assertThat(thread.journal()).extracting(ViewEvent.Regrouped::number).containsExactly(1L, 2L);
    }

    @Test
    void shouldNotPutTogetherMoreThanAGroupHolds() {
        // given
        for (int i = 0; i < 20; i++) {
            thread.results(file());
            thread.vector("o" + i, EAST);
        }
        // when
        thread.rest();
        // then
        assertThat(thread.units()).extracting(List::size).containsExactly(16, 4);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.8, 10, 5000", "-2, 0.8, 10, 5000", "0.7, 1.1, 10, 5000", "NaN, 0.8, 10, 5000",
            "0.7, 0.8, 0, 5000", "0.7, 0.8, 10, 0"})
    void shouldRefuseRulesThatMakeNoSense(double shift, double merge, int everyTurns, long splitAbove) {
        assertThatThrownBy(() -> new GroupRules(shift, merge, everyTurns, splitAbove))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("were ");
    }

    private static Piece file() {
        return piece(Type.FILE_CONTEXT, true, 100);
    }

    private static Piece said(long tokens) {
        return piece(Type.CONVERSATION_PHASE, true, tokens);
    }

    private static Piece piece(Type type, boolean admitted, long tokens) {
        return new Piece(type, admitted, tokens, EAST);
    }
}
