package io.mnemosyne.inference.prompts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.offline.Recording;

import static org.assertj.core.api.Assertions.assertThat;

/** Has the scripted brain observe and reflect every recorded session under MNEMOSYNE_DATA, through the machines. */
@EnabledIfEnvironmentVariable(named = "MNEMOSYNE_DATA", matches = ".+")
class ModelsOnRecordingsTest {
    private static final TokenCounter TOKENS = O200kTokenCounter.shared();

    @Test
    void shouldAcceptWhatAPlausibleModelAnswers() throws IOException, ModelException, InterruptedException {
        // given
        Counts counts = new Counts();
        ScriptedChat chat = new ScriptedChat();
        TreeMap<String, Long> machines = new TreeMap<>();
        List<Recording> recordings = Recording.all(Path.of(System.getenv("MNEMOSYNE_DATA")));
        int observed = 0;
        // when
        for (Recording recording : recordings) {
            ThreadOfModels thread = new ThreadOfModels(Policy.standard().scaledTo(16_000), TOKENS,
                    new ModelObserver(chat, TOKENS, counts, 128_000, new BilledTokens(counts)),
                    new ModelReflector(chat, TOKENS, counts, 128_000, new BilledTokens(counts)));
            for (Rendition turn : recording.turns()) {
                thread.append(turn, facts(turn));
            }
            observed += thread.segments().isEmpty() ? 0 : 1;
            thread.counts().forEach(count -> machines.merge(count, 1L, Long::sum));
        }
        // then
        System.out.printf("%d sessions, %d of them observed, %d prompts; models: %s, machines: %s%n", recordings.size(),
                observed, chat.prompts().size(), counts.snapshot(), machines);
        assertThat(observed).isPositive();
        assertThat(counts.snapshot()).doesNotContainKeys("answer.unusable", "answer.repaired");
        assertThat(machines).doesNotContainKeys("result.empty", "entry.dropped", "result.stale");
    }

    private static TurnFacts facts(Rendition turn) {
        return new TurnFacts(turn.seq(), turn.role(), turn.tokens(), turn.at(),
                ids(turn, part -> part instanceof Part.ToolCall call ? List.of(call.id()) : List.of()),
                ids(turn, part -> part instanceof Part.ToolResult result ? List.of(result.callId()) : List.of()));
    }

    private static List<String> ids(Rendition turn, Function<Part, List<String>> id) {
        return turn.parts().stream().map(id).flatMap(List::stream).collect(Collectors.toList());
    }
}
