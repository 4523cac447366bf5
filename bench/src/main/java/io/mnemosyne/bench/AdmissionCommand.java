package io.mnemosyne.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.TurnJsonReader;
import io.mnemosyne.replay.admission.AdmissionCurve;

/** {@code bench admission}: what admission turns down of recorded sessions, and what of it is needed later. */
@Command(name = "admission", mixinStandardHelpOptions = true, description = {
        "Cut recorded sessions into objects, and print for thresholds from 0.2 to 0.8 what admission turns down and how much",
        "of it was read again or named later; besides, how large objects are and how long cutting takes."})
final class AdmissionCommand implements Callable<Integer> {
    private static final String ENDING = ".jsonl";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SESSIONS", arity = "1..*", description = "Sessions in Mnemosyne's own form, one turn a line: files, or folders with them.")
    List<Path> sessions = List.of();

    @Option(names = "--newest", paramLabel = "N", defaultValue = "12", description = "So many events before an action are at hand whatever admission says. Default: ${DEFAULT-VALUE}, as in the standard policy.")
    int newest;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "1", description = "How often everything is cut; only the times of the last round count. Default: ${DEFAULT-VALUE}.")
    int rounds;

    @Override
    public Integer call() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : sessions) {
            try (Stream<Path> found = Files.walk(path)) {
                found.filter(file -> file.toString().endsWith(ENDING)).sorted().forEach(files::add);
            }
        }
        if (files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "There is no file *" + ENDING + " under " + sessions
                    + ".");
        }
        AdmissionCurve curve = curve(files);
        for (int round = 1; round < rounds; round++) {
            curve = curve(files);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(AdmissionTable.of(curve));
        out.flush();
        return 0;
    }

    private AdmissionCurve curve(List<Path> files) throws IOException {
        List<Double> thresholds = IntStream.rangeClosed(4, 16).mapToObj(step -> step / 20.0).toList();
        AdmissionCurve curve = new AdmissionCurve(thresholds, newest, O200kTokenCounter.shared());
        for (Path file : files) {
            curve.add(name(file.toAbsolutePath()), turns(file));
        }
        return curve;
    }

    /** Folder and file-stem. */
    private static String name(Path file) {
        int last = file.getNameCount() - 1;
        String folder = last > 0 ? file.getName(last - 1).toString() : "";
        return folder + "/" + file.getName(last).toString().replace(ENDING, "");
    }

    private List<RawTurn> turns(Path file) throws IOException {
        List<RawTurn> turns = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            try {
                turns.add(TurnJsonReader.read(line, "e" + turns.size()));
            } catch (InvalidTurnException e) {
                throw new ParameterException(spec.commandLine(), file + " is not in Mnemosyne's own form, in line "
                        + (turns.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return turns;
    }
}
