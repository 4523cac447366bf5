package io.mnemosyne.core.admit;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mnemosyne.core.SemanticObject.Admission;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.admit.AdmissionRules.Rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AdmissionsTest {
    private static final AdmissionRules RULES = AdmissionRules.DEFAULT;

    @Test
    void shouldTurnDownByRuleWhateverTheScoreAndSayWhich() {
        assertThat(verdict(result(1).duplicate()).reason()).isEqualTo("duplicate content");
        assertThat(verdict(result(1).routine()).reason()).isEqualTo("routine command");
        assertThat(verdict(result(1).procedural()).reason()).isEqualTo("procedural reply");
        assertThat(verdict(result(1).duplicate()).admitted()).isFalse();
        assertThat(verdict(result(1)).admitted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void shouldLeaveToTheScoreWhatARuleThatIsOffWouldTurnDown(Rule rule) {
        // given
        AdmissionRules lax = new AdmissionRules(0, 0.35, 0.25, 0.25, 0.15, Set.of(rule));
        Draft draft = switch (rule) {
            case DUPLICATE -> result(1).duplicate();
            case ROUTINE -> result(1).routine();
            case PROCEDURAL -> result(1).procedural();
        };
        // when, then
        assertThat(Admissions.of(draft.candidate(), lax).admitted()).isTrue();
    }

    @Test
    void shouldNeverTurnDownWhatAUserSays() {
        assertThat(Admissions.of(new Candidate(Type.CONVERSATION_PHASE, true, 0, false, false, false, true, false,
                false, 2), RULES.withThreshold(1)).admitted()).isTrue();
    }

    @Test
    void shouldTurnDownATextOfWhichLittleIsNew() {
        assertThat(verdict(result(0.1)).admitted()).isFalse();
        assertThat(verdict(result(0.1)).score()).isLessThan(verdict(result(0.5)).score());
    }

    @Test
    void shouldSayWhatIsWrongWithRules() {
        assertThatThrownBy(() -> RULES.withThreshold(1.1)).hasMessageContaining("must be 0 to 1, was 1.1");
        assertThatThrownBy(() -> new AdmissionRules(0.4, 1, 1, 0, 0, Set.of())).hasMessageContaining("add up to 1");
    }

    @Test
    void shouldFindATextAgainOfWhichAFewWordsWereChanged() {
        // given
        String text = "the quick brown fox jumps over the lazy dog and runs away from here ".repeat(3)
                + "while the other animals of the wood look on and say nothing about it at all this evening";
        List<Integer> known = Fingerprint.of(text);
        // when, then
        assertThat(known).hasSize(16).isSorted().doesNotHaveDuplicates();
        assertThat(Fingerprint.novelty(Fingerprint.of(text.replace("nothing", "something")), known)).isLessThan(0.6);
        assertThat(Fingerprint.novelty(Fingerprint.of("Every word of this one is another, and none was there before."),
                known)).isEqualTo(1);
        assertThat(Fingerprint.novelty(Fingerprint.of("two words"), Fingerprint.of("Two, words!"))).isZero();
        assertThat(Fingerprint.of("... !")).isEmpty();
    }

    private static Admission verdict(Draft draft) {
        return Admissions.of(draft.candidate(), RULES);
    }

    private static Draft result(double novelty) {
        return new Draft(false, novelty, false, false);
    }

    private record Draft(boolean isDuplicate, double novelty, boolean isRoutine, boolean isProcedural) {
        Draft duplicate() {
            return new Draft(true, novelty, isRoutine, isProcedural);
        }

        Draft routine() {
            return new Draft(isDuplicate, novelty, true, isProcedural);
        }

        Draft procedural() {
            return new Draft(isDuplicate, novelty, isRoutine, true);
        }

        Candidate candidate() {
            return new Candidate(Type.TOOL_RESULT, isDuplicate, novelty, isRoutine, isProcedural, false, false, false,
                    false, 400);
        }
    }
}
