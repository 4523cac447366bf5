package io.mnemosyne.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.replay.admission.AdmissionCurve;

/** {@code bench admission}: what admission turns down of recorded sessions, and what of it is needed later. */
@Command(name = "admission", mixinStandardHelpOptions = true, description = {
        "Cut recorded sessions into objects, and print for thresholds from 0.2 to 0.8 what admission turns down and how much",
        "of it was read again or named later; besides, how large objects are and how long cutting takes."})
final class AdmissionCommand implements Callable<Integer> {
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
        List<RecordedSession> files = RecordedSession.read(spec.commandLine(), sessions);
        AdmissionCurve curve = curve(files);
        for (int round = 1; round < rounds; round++) {
            curve = curve(files);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(AdmissionTable.of(curve));
        out.flush();
        return 0;
    }

    private AdmissionCurve curve(List<RecordedSession> files) {
        List<Double> thresholds = IntStream.rangeClosed(4, 16).mapToObj(step -> step / 20.0).toList();
        AdmissionCurve curve = new AdmissionCurve(thresholds, newest, O200kTokenCounter.shared());
        files.forEach(file -> curve.add(file.name(), file.turns()));
        return curve;
    }
}
