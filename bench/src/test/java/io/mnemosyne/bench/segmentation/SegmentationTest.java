package io.mnemosyne.bench.segmentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;

import static org.assertj.core.api.Assertions.assertThat;

/** What vectors tell where they tell something, on a small part of the labelled data under MNEMOSYNE_DATA. */
@EnabledIfEnvironmentVariable(named = "MNEMOSYNE_DATA", matches = ".+")
class SegmentationTest {
    private static final Path DATA = Path.of(System.getenv().getOrDefault("MNEMOSYNE_DATA", ""));

    @Test
    void shouldTellPhasesOfAnAgentsWorkBetterThanChanceAndAnyRhythm() throws IOException {
        try (Embedder embedder = new MiniLmEmbedder()) {
            // given
            LabelledSet set = new AgentSteps(DATA, embedder).read("repairagent_study", AgentSteps.View.PHASES,
                    4);
            // when
            List<Comparison.Row> rows = Comparison.of(set);
            // then
            Score ours = find(rows, rule -> rule.equals("types or neighbours < 0.70"));
            assertThat(baselines(rows)).allSatisfy(baseline -> {
                assertThat(ours.f1()).isGreaterThan(baseline.f1() + 0.05);
                assertThat(ours.windowDiff()).isLessThan(baseline.windowDiff());
            });
        }
    }

    @Test
    void shouldTellTopicsOfChatBetterThanChanceAndAnyRhythmAtAThresholdOfItsOwnOnly() throws IOException {
        try (Embedder embedder = new MiniLmEmbedder()) {
            // given
            LabelledSet set = new Dialogues(embedder).tiage(DATA.resolve("segmentation/tiage_original/anno_dev.json"),
                    24);
            // when
            List<Comparison.Row> rows = Comparison.of(set);
            // then
            Score ours = find(rows, rule -> rule.startsWith("neighbours") && rule.endsWith("(best exact)"));
            assertThat(baselines(rows)).allSatisfy(baseline -> assertThat(ours.f1()).isGreaterThan(baseline.f1()));
            assertThat(find(rows, rule -> rule.equals("neighbours < 0.70")).recall())
                    .as("at the default nearly everything is a new topic").isGreaterThan(0.95);
        }
    }

    private static List<Score> baselines(List<Comparison.Row> rows) {
        return rows.stream().filter(row -> row.rule().matches("(never|always|random|every).*"))
                .map(Comparison.Row::score).toList();
    }

    private static Score find(List<Comparison.Row> rows, Predicate<String> rule) {
        return rows.stream().filter(row -> rule.test(row.rule())).map(Comparison.Row::score).findFirst().orElseThrow();
    }
}
