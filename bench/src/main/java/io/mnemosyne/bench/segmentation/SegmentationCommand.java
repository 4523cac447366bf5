package io.mnemosyne.bench.segmentation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;

/** {@code bench segmentation}: how well topics are told apart. */
@Command(name = "segmentation", mixinStandardHelpOptions = true, description = {
        "Compare what object types and vectors say of where something new begins with what people said, on agents' sessions",
        "and on dialogues, beside baselines. Thresholds are chosen on one half of each set; everything is judged on the other."})
public final class SegmentationCommand implements Callable<Integer> {
    /** All distinct texts of the sets that are known. */
    private static final int CACHED = 20_000;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DATA", description = "The folder with segmentation/ (agent_steps, tiage_original, sgd) and sessions/normalized/.")
    Path data = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(data.resolve("segmentation"))) {
            throw new ParameterException(spec.commandLine(),
                    data + " has no folder segmentation; name the folder that holds it.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Embedder embedder = new MiniLmEmbedder(1, CACHED)) {
            for (LabelledSet set : sets(embedder)) {
                out.println(table(set));
                out.flush();
            }
        }
        return 0;
    }

    private List<LabelledSet> sets(Embedder embedder) throws IOException {
        List<LabelledSet> sets = new ArrayList<>();
        AgentSteps steps = new AgentSteps(data, embedder);
        for (String source : List.of("openhands_study", "repairagent_study")) {
            for (AgentSteps.View view : AgentSteps.View.values()) {
                sets.add(steps.read(source, view, Integer.MAX_VALUE));
            }
        }
        Dialogues dialogues = new Dialogues(embedder);
        sets.add(dialogues.tiage(data.resolve("segmentation/tiage_original/anno_dev.json"), Integer.MAX_VALUE));
        sets.add(dialogues.sgd(data.resolve("segmentation/sgd")));
        return sets;
    }

    private static String table(LabelledSet set) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "**%s** (%d documents, %,d boundaries; judged on %d)%n", set.name(),
                set.all().size(), set.all().stream().mapToInt(document -> document.shifts().size()).sum(),
                set.judgedOn().size()));
        lines.add("| rule | precision | recall | F1 | F1, off by one | Pk | WindowDiff |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        for (Comparison.Row row : Comparison.of(set)) {
            Score score = row.score();
            lines.add(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.3f | %.3f | %.3f | %.3f |", row.rule(),
                    score.precision(), score.recall(), score.f1(), score.near(), score.pk(), score.windowDiff()));
        }
        return String.join("\n", lines) + "\n";
    }
}
