package io.mnemosyne.inference.prompts;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** What models answer passes the machines that take answers. */
class MachinesTakeModelsTest {
    private static final TokenCounter TOKENS = O200kTokenCounter.shared();

    @Test
    void shouldRememberAThreadThatModelsObserveAndReflect() throws Exception {
        // given
        Policy policy = Policy.standard().scaledTo(4_000);
        Counts counts = new Counts();
        ThreadOfModels thread = new ThreadOfModels(policy, TOKENS,
                new ModelObserver(new ScriptedChat(), TOKENS, counts, 128_000, new BilledTokens(counts)),
                new ModelReflector(new ScriptedChat(), TOKENS, counts, 128_000, new BilledTokens(counts)));
        // when
        List<Rendition> turns = turns();
        for (Rendition turn : turns) {
            thread.append(turn,
                    new TurnFacts(turn.seq() - Turns.FIRST, turn.role(), turn.tokens(), turn.at(), List.of(),
                            List.of()));
        }
        // then
        assertThat(thread.counts()).contains("result.applied").doesNotContain("entry.dropped", "result.empty",
                "result.degenerate", "result.not-smaller", "result.stale");
        assertThat(thread.segments()).extracting(Segment::kind).contains(Segment.Kind.REFLECTION);
        assertThat(thread.segments().getFirst().entries()).as("the first instruction is still there")
                .anyMatch(entry -> entry.text().contains("Always run the tests"));
        assertThat(thread.memory().project().preferences())
                .anyMatch(item -> item.text().contains("Always run the tests"));
        assertThat(counts.snapshot()).doesNotContainKeys("answer.repaired", "answer.unusable");
    }

    private static List<Rendition> turns() {
        Turns turns = new Turns().user("Always run the tests before you say that it is done.");
        for (int i = 0; i < 60; i++) {
            turns.user("Please look into module " + i + ", its build is red.")
                    .call("read", "{\"path\": \"src/module" + i + "/Main.java\"}")
                    .result("class Main {}\nNullPointerException: at Main.java:" + i + "\n"
                            + "some output of a build\n".repeat(8))
                    .assistant("I decided to check the argument for null in module " + i + ".");
        }
        return turns.list().stream()
                .map(turn -> new Rendition(turn.seq() - Turns.FIRST, turn.role(), turn.at(), turn.parts()
                        .stream().mapToLong(part -> TOKENS.count(part.content().shown())).sum() + 4, turn.parts()))
                .toList();
    }
}
